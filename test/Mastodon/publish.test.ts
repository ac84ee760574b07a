import { conversation } from '../support/conversation';
import { BEFORE, HOST, mastodonNode, outcome, status } from './setup';
import { sent } from './talk';

const KEY = expect.stringMatching(/^[0-9a-f]{32}$/);

describe('publishing on Mastodon', () => {
	it('sends text with all its options, and knows instance and account after the first item', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v1/statuses', 200, status('11')],
			['POST', '/api/v1/statuses', 200, status('12', { url: null })],
		]);
		const node = mastodonNode({
			text: 'Grüße',
			link: 'https://example.com/a',
			options: {
				contentWarning: ' News ',
				language: 'de',
				sensitive: true,
				visibility: 'unlisted',
				quotePolicy: 'followers',
				poll: { poll: { answers: 'yes\n\n no ', minutes: 10, multiple: true } },
			},
		});
		const [items] = await node.run([{ json: {} }, { json: {} }]);
		expect(items).toEqual(
			['11', '12'].map((id, item) => ({
				json: {
					platform: 'mastodon',
					account: { id: '1', name: 'alice@social.example' },
					id,
					url: [`${HOST}/@alice/11`, `${HOST}/users/alice/statuses/12`][item],
					status: 'published',
					publishedAt: '2026-11-21T10:00:00.000Z',
					warnings: [],
				},
				pairedItem: { item },
			})),
		);
		const [first, second] = sent(talk);
		expect(first.body).toEqual({
			status: 'Grüße\n\nhttps://example.com/a',
			spoiler_text: 'News',
			visibility: 'unlisted',
			sensitive: true,
			language: 'de',
			quote_approval_policy: 'followers',
			poll: { options: ['yes', 'no'], expires_in: 600, multiple: true, hide_totals: false },
		});
		expect(first.headers).toMatchObject({
			authorization: 'Bearer secret-token',
			'idempotency-key': KEY,
		});
		expect(second.headers['idempotency-key']).toEqual(KEY);
		expect(second.headers['idempotency-key']).not.toBe(first.headers['idempotency-key']);
		talk.done();
	});

	it('sends nothing that was not asked for', async () => {
		const talk = conversation(HOST, [...BEFORE, ['POST', '/api/v1/statuses', 200, status('11')]]);
		await outcome(
			mastodonNode({ text: 'Hello', options: { visibility: 'default', sensitive: false } }),
		);
		expect(sent(talk).map(({ body }) => body)).toEqual([{ status: 'Hello' }]);
	});

	it('hangs the parts of a thread on each other, all as visible as the first', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v1/statuses', 200, status('11', { visibility: 'private' })],
			['POST', '/api/v1/statuses', 200, status('12', { visibility: 'private' })],
			['POST', '/api/v1/statuses', 200, status('13', { visibility: 'private' })],
		]);
		const [json] = await outcome(
			mastodonNode({
				text: 'One',
				thread: { post: [{ text: 'Two' }, { text: 'Three' }] },
				options: { contentWarning: 'cw', replyTo: '7', poll: { poll: { answers: 'a\nb' } } },
			}),
		);
		expect(sent(talk).map(({ body }) => body)).toEqual([
			{
				status: 'One',
				spoiler_text: 'cw',
				in_reply_to_id: '7',
				poll: { options: ['a', 'b'], expires_in: 86_400, multiple: false, hide_totals: false },
			},
			{ status: 'Two', spoiler_text: 'cw', in_reply_to_id: '11', visibility: 'private' },
			{ status: 'Three', spoiler_text: 'cw', in_reply_to_id: '12', visibility: 'private' },
		]);
		expect(new Set(sent(talk).map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
		expect(json.thread).toEqual(
			['11', '12', '13'].map((id) => ({
				id,
				url: `${HOST}/@alice/${id}`,
				ref: { id, visibility: 'private' },
				status: 'published',
			})),
		);
	});

	it('splits a long text with room for the warning in every part', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v1/statuses', 200, status('11')],
			['POST', '/api/v1/statuses', 200, status('12')],
		]);
		const options = { contentWarning: 'w'.repeat(100), longText: 'thread', numbering: false };
		await outcome(mastodonNode({ text: 'word '.repeat(130), options }));
		const lengths = sent(talk).map(({ body }) => (body as { status: string }).status.length);
		expect(lengths).toEqual([399, 249]);
	});

	it('finds the posts to answer and to quote by their URLs', async () => {
		const quoted = 'https://other.example/notice/Ab1';
		const talk = conversation(HOST, [
			...BEFORE,
			['GET', '/api/v2/search', 200, { statuses: [{ id: '77' }] }],
			['POST', '/api/v1/statuses', 200, status('11', { quote: { state: 'pending' } })],
		]);
		const options = { replyTo: `${HOST}/@bob/55`, quote: quoted };
		const [json] = await outcome(mastodonNode({ text: 'Look', options }));
		expect(talk.requests[2].query).toEqual({
			q: quoted,
			type: 'statuses',
			resolve: 'true',
			limit: '1',
		});
		expect(sent(talk)[0].body).toEqual({
			status: 'Look',
			in_reply_to_id: '55',
			quoted_status_id: '77',
		});
		expect(json.warnings).toEqual(['The quote is not shown yet: its state is "pending"']);
	});

	it('lets the server schedule, and says when it does not', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			[
				'POST',
				'/api/v1/statuses',
				200,
				{ id: '5', scheduled_at: '2096-01-01T10:00:00.000Z', params: {} },
			],
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const node = mastodonNode({
			text: 'Later',
			options: { scheduledAt: '2096-01-01T11:00:00+01:00' },
		});
		const [scheduled, atOnce] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(scheduled).toEqual({
			platform: 'mastodon',
			account: { id: '1', name: 'alice@social.example' },
			id: '5',
			status: 'scheduled',
			publishedAt: '2096-01-01T10:00:00.000Z',
			warnings: [],
		});
		expect(atOnce).toMatchObject({
			id: '11',
			status: 'published',
			warnings: ['This server does not schedule posts: it published the post at once'],
		});
		expect(sent(talk).map(({ body }) => body)).toEqual(
			[1, 2].map(() => ({ status: 'Later', scheduled_at: '2096-01-01T10:00:00.000Z' })),
		);
	});

	it('knows a post that a server will publish also where it answers with the post as it will be', async () => {
		const created_at = '2096-01-01T10:00:00.000Z';
		conversation(HOST, [...BEFORE, ['POST', '/api/v1/statuses', 200, status('5', { created_at })]]);
		const node = mastodonNode({ text: 'Later', options: { scheduledAt: created_at } });
		expect(await outcome(node)).toMatchObject([
			{ id: '5', status: 'scheduled', publishedAt: created_at, warnings: [] },
		]);
	});

	it('leaves out a time that is over', async () => {
		const talk = conversation(HOST, [...BEFORE, ['POST', '/api/v1/statuses', 200, status('11')]]);
		const [json] = await outcome(
			mastodonNode({ text: 'Late', options: { scheduledAt: '2020-01-01T10:00:00Z' } }),
		);
		expect(sent(talk)[0].body).toEqual({ status: 'Late' });
		expect(json.warnings).toEqual([
			expect.stringMatching(/goes out at once \[mastodon.schedule.past\]$/),
		]);
	});
});
