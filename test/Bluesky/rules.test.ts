import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import {
	AT,
	blueskyNode,
	bodyOf,
	DID,
	loggedIn,
	outcome,
	published,
	recordIn,
	uriOf,
} from './setup';

const found = (uri: string, value: IDataObject = {}) =>
	['GET', AT.record, 200, { uri, cid: 'c0', value: { text: 'Root', ...value } }] as const;

describe('a post without a text', () => {
	const link = 'https://example.org/article';
	const quote = uriOf('3kabcdefghijk');

	it('may be a link card', async () => {
		nock('https://example.org').get('/article').reply(404);
		const talk = loggedIn(published());
		expect(await outcome(blueskyNode({ link }))).toMatchObject([{ status: 'published' }]);
		expect(recordIn(talk)).toMatchObject({ text: '', embed: { external: { uri: link } } });
		talk.done();
	});

	it('may be a quote', async () => {
		const talk = loggedIn(found(quote), published());
		const node = blueskyNode({ options: { quote } });
		expect(await outcome(node)).toMatchObject([{ status: 'published' }]);
		expect(recordIn(talk)).toMatchObject({
			text: '',
			embed: { $type: 'app.bsky.embed.record', record: { uri: quote, cid: 'c0' } },
		});
		talk.done();
	});

	it.each<[string, IDataObject]>([
		['nothing', {}],
		['a later part of a thread that quotes', { text: 'One', thread: { post: [{ text: '' }] } }],
	])('may not be %s', async (_what, parameters) => {
		loggedIn();
		const options = parameters.thread ? { quote } : {};
		const [{ problems }] = await outcome(
			blueskyNode({ operation: 'validate', ...parameters, options }),
		);
		expect(problems).toMatchObject([{ rule: 'bluesky.text.empty' }]);
	});
});

describe('rules on replies', () => {
	const replies = ['mentionRule', 'nobody'];
	const replyList = { __rl: true, mode: 'list', value: 'at://did:plc:alice/app.bsky.graph.list/1' };
	const writes = (talk: ReturnType<typeof loggedIn>) =>
		(bodyOf(talk, AT.apply).writes as IDataObject[]).map(({ value }) => value);
	const applied = ['POST', AT.apply, 200, { results: [{ uri: uriOf('3k'), cid: 'c' }] }] as const;

	it('stand beside the first post of a thread', async () => {
		const talk = loggedIn(applied, published('3l'));
		const thread = { post: [{ text: 'Two' }] };
		const node = blueskyNode({ text: 'One', thread, options: { replies, replyList } });
		expect(await outcome(node)).toMatchObject([{ status: 'published', warnings: [] }]);
		const [post, gate] = writes(talk) as IDataObject[];
		expect(gate).toEqual({
			$type: 'app.bsky.feed.threadgate',
			post: expect.stringContaining(`at://${DID}/app.bsky.feed.post/`),
			allow: [
				{ $type: 'app.bsky.feed.threadgate#mentionRule' },
				{ $type: 'app.bsky.feed.threadgate#listRule', list: replyList.value },
			],
			createdAt: post.createdAt,
		});
		talk.done();
	});

	it('are left out of a reply with a warning, since they belong to the root of a thread', async () => {
		const replyTo = uriOf('3kabcdefghijk');
		const talk = loggedIn(found(replyTo), published());
		const node = blueskyNode({ text: 'Answer', options: { replies, replyTo } });
		expect(await outcome(node)).toMatchObject([
			{ status: 'published', warnings: [expect.stringContaining('[bluesky.replies.thread]')] },
		]);
		talk.done();
	});

	it('on quotes stand beside a reply as well', async () => {
		const replyTo = uriOf('3kabcdefghijk');
		const talk = loggedIn(found(replyTo), applied);
		await outcome(blueskyNode({ text: 'Answer', options: { replies, replyTo, quotes: false } }));
		expect(writes(talk).map((value) => (value as IDataObject).$type)).toEqual([
			'app.bsky.feed.post',
			'app.bsky.feed.postgate',
		]);
		talk.done();
	});
});
