import { conversation } from '../support/conversation';
import { gif, png } from '../support/mediaFixtures';
import { binaryItem } from '../support/n8n';
import { BEFORE, HOST, mastodonNode, outcome, status } from './setup';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const KEY = expect.stringMatching(/^[0-9a-f]{32}$/);

const sent = (talk: ReturnType<typeof conversation>) =>
	talk.requests.filter(({ method, path }) => method === 'POST' && path === '/api/v1/statuses');

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

	it('uploads media with alt text and focus, in order, and waits for those in processing', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v2/media', 200, { id: 'a1' }],
			['POST', '/api/v2/media', 202, { id: 'a2', url: null }],
			['GET', '/api/v1/media/a2', 206, { id: 'a2', url: null }],
			['GET', '/api/v1/media/a2', 200, { id: 'a2' }],
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const file = (width: number) => ({
			data: png(width, 4),
			fileName: `${width}.png`,
			mimeType: '',
		});
		const item = await binaryItem({ one: file(8), two: file(9) });
		const medium = [
			{ source: 'binary', binaryProperty: 'one', altText: 'Ein Bild', focus: '0.0, -0.5' },
			{ source: 'binary', binaryProperty: 'two', altText: '', focus: '' },
		];
		await outcome(mastodonNode({ text: 'Two', media: { medium } }), [item]);
		const [one, two] = talk.requests.filter(({ path }) => path === '/api/v2/media');
		const text = ({ body }: { body: unknown }) => {
			const raw = String(body);
			return /^[0-9a-f]+$/.test(raw) ? Buffer.from(raw, 'hex').toString('latin1') : raw;
		};
		expect(text(one)).toMatch(
			/name="description"\r\n\r\nEin Bild\r\n[^]*name="focus"\r\n\r\n0.0,-0.5\r\n[^]*name="file"; filename="8.png"\r\nContent-Type: image\/png\r\n/,
		);
		expect(text(two)).not.toMatch(/description|focus/);
		expect(sent(talk)[0].body).toEqual({ status: 'Two', media_ids: ['a1', 'a2'] });
		talk.done();
	});

	it('goes on with the first version of the media call on servers without the second', async () => {
		const talk = conversation(HOST, [
			['GET', '/api/v2/instance', 404, { error: 'Record not found' }],
			['GET', '/api/v1/instance', 200, { version: '2.75', max_toot_chars: 10 }],
			BEFORE[1],
			['POST', '/api/v2/media', 404, ''],
			['POST', '/api/v1/media', 200, { id: '6f0a' }],
			['POST', '/api/v1/statuses', 200, status('69e0c1f2')],
		]);
		const item = await binaryItem({ data: { data: gif(), fileName: 'a.gif', mimeType: '' } });
		const medium = [{ source: 'binary', binaryProperty: 'data' }];
		const [json] = await outcome(mastodonNode({ text: 'Hi', media: { medium } }), [item]);
		expect(json.id).toBe('69e0c1f2');
		expect(sent(talk)[0].body).toEqual({ status: 'Hi', media_ids: ['6f0a'] });
		talk.done();
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

	it('hands out what finishes a post whose video takes too long, and finishes it', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v2/media', 202, { id: 'a1' }],
			['GET', '/api/v1/media/a1', 206, { id: 'a1' }],
			BEFORE[0],
			['GET', '/api/v1/media/a1', 200, { id: 'a1' }],
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const item = await binaryItem({ data: { data: png(8, 8), fileName: 'a.png', mimeType: '' } });
		const medium = [{ source: 'binary', binaryProperty: 'data' }];
		const node = mastodonNode({ text: 'Film', media: { medium }, options: { processingWait: 0 } });
		const [waiting] = await outcome(node, [item]);
		expect(waiting).toMatchObject({ id: 'a1', status: 'processing' });
		const [done] = (
			await node.run([{ json: {} }], {
				parameters: { operation: 'resume', resume: JSON.stringify(waiting.resume) },
				fresh: true,
			})
		)[0];
		expect(done.json).toMatchObject({ id: '11', status: 'published' });
		expect(sent(talk).map(({ body }) => body)).toEqual([{ status: 'Film', media_ids: ['a1'] }]);
		talk.done();
	});
});
