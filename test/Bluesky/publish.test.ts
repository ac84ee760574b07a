import { blueskyNode, DID, HOST, session } from './setup';
import { conversation } from '../support/conversation';

describe('publishing on Bluesky', () => {
	it('logs in once, writes a record with facets, and answers in the common words', async () => {
		const talk = conversation(HOST, [
			['POST', '/xrpc/com.atproto.server.createSession', 200, session()],
			['GET', '/xrpc/com.atproto.server.getSession', 200, { did: DID, handle: 'alice.test' }],
			[
				'POST',
				'/xrpc/com.atproto.repo.putRecord',
				200,
				{ uri: `at://${DID}/app.bsky.feed.post/3k`, cid: 'c1' },
			],
			[
				'POST',
				'/xrpc/com.atproto.repo.putRecord',
				200,
				{ uri: `at://${DID}/app.bsky.feed.post/3l`, cid: 'c2' },
			],
		]);
		const node = blueskyNode({ text: 'Grüße #hello https://example.com/ä' });
		const [first] = await node.run([{ json: {} }, { json: {} }]);
		expect(first.map(({ json }) => json.id)).toEqual([
			`at://${DID}/app.bsky.feed.post/3k`,
			`at://${DID}/app.bsky.feed.post/3l`,
		]);
		expect(first[0]).toEqual({
			json: {
				platform: 'bluesky',
				account: { id: DID, name: 'alice.test' },
				id: `at://${DID}/app.bsky.feed.post/3k`,
				url: expect.stringMatching(
					/^https:\/\/bsky.app\/profile\/did:plc:alice\/post\/[2-7a-z]{13}$/,
				),
				status: 'published',
				publishedAt: expect.any(String),
				warnings: [],
			},
			pairedItem: { item: 0 },
		});
		expect(talk.requests[0].body).toEqual({
			identifier: 'alice.test',
			password: 'abcd-efgh-ijkl-mnop',
		});
		expect(talk.requests[2].body).toEqual({
			repo: DID,
			collection: 'app.bsky.feed.post',
			rkey: expect.stringMatching(/^[2-7a-z]{13}$/),
			swapRecord: null,
			record: {
				$type: 'app.bsky.feed.post',
				text: 'Grüße #hello https://example.com/ä',
				createdAt: expect.any(String),
				facets: [
					{
						$type: 'app.bsky.richtext.facet',
						index: { byteStart: 8, byteEnd: 14 },
						features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'hello' }],
					},
					{
						$type: 'app.bsky.richtext.facet',
						index: { byteStart: 15, byteEnd: 37 },
						features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com/ä' }],
					},
				],
			},
		});
		talk.done();
	});
});
