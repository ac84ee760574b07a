import { conversation } from '../support/conversation';
import { BEFORE, HOST, mastodonNode, outcome, status } from './setup';
import { failing, said, sent } from './talk';

describe('answers that were lost', () => {
	const now = () => new Date(Date.now()).toISOString();
	const lost = ['POST', '/api/v1/statuses', 503, said('temporary problem')] as const;
	const listed = '/api/v1/accounts/1/statuses';
	const date = () => ({ date: new Date(Date.now()).toUTCString() });
	const scheduledAt = '2096-01-01T10:00:00.000Z';

	it('repeats under the same key, each time after a look at the account', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			lost,
			['GET', listed, 200, [], date()],
			lost,
			['GET', listed, 503],
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const [json] = await outcome(mastodonNode({ text: 'Hello' }));
		expect(json).toMatchObject({ id: '11', status: 'published' });
		const keys = sent(talk).map(({ headers }) => headers['idempotency-key']);
		expect(keys).toEqual(Array(3).fill(keys[0]));
		talk.done();
	});

	it('finds the post by its source among the newest ones', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			lost,
			[
				'GET',
				listed,
				200,
				[
					status('13', { created_at: now(), content: '<p>Other</p>' }),
					status('12', { created_at: now(), content: '<p>Hello @<span>bob</span></p>' }),
					status('11', { created_at: now(), content: '<p>Hello</p>', in_reply_to_id: '5' }),
					status('10', { created_at: '2020-01-01T00:00:00Z', content: '<p>Hello</p>' }),
				],
				date(),
			],
			['GET', '/api/v1/statuses/13/source', 200, { text: 'Other' }],
			['GET', '/api/v1/statuses/12/source', 404, said('Record not found')],
		]);
		const [json] = await outcome(mastodonNode({ text: 'Hello @bob@other.example ' }));
		expect(json).toMatchObject({ id: '12', status: 'already_published', warnings: [] });
		talk.done();
	});

	it('says that nothing was published where the account shows no such post', async () => {
		const old = status('10', { created_at: '2020-01-01T00:00:00Z' });
		const look = ['GET', listed, 200, [old], date()] as const;
		const { error, talk } = await failing({ text: 'Hello' }, [
			...BEFORE,
			...[1, 2, 3, 4].flatMap(() => [lost, look]),
			// Three more looks, the last one after Mastodon has had enough time.
			...[1, 2, 3].map(() => look),
		]);
		expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
		expect(sent(talk)).toHaveLength(4);
	});

	it('leaves it to the key which one of two alike it is', async () => {
		const twin = (id: string) => status(id, { created_at: now(), content: '<p>Hello</p>' });
		const talk = conversation(HOST, [
			...BEFORE,
			lost,
			['GET', listed, 200, [twin('32'), twin('31')], date()],
			['GET', '/api/v1/statuses/32/source', 200, { text: 'Hello' }],
			['GET', '/api/v1/statuses/31/source', 200, { text: 'Hello' }],
			['POST', '/api/v1/statuses', 200, status('31')],
		]);
		const [json] = await outcome(mastodonNode({ text: 'Hello' }));
		expect(json).toMatchObject({ id: '31', status: 'published' });
		talk.done();
	});

	const relative = (version: string) =>
		[
			['GET', '/api/v2/instance', 404, ''],
			['GET', '/api/v1/instance', 200, { version }],
			BEFORE[1],
		] as const;

	it('does not take it for proof that a relative of Mastodon lists no such post', async () => {
		const look = [
			['GET', '/api/v1/scheduled_statuses', 200, []],
			['GET', listed, 200, [], date()],
		] as const;
		const { error } = await failing({ text: 'Hello', options: { scheduledAt } }, [
			...relative('4.0.0 (not true; really snac/2.75)'),
			lost,
			...[1, 2, 3].flatMap(() => look),
		]);
		expect(error).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

	it.each(['0.20.0+git-57cb4fe', '2.7.2 (compatible; Pleroma 2.9.1)', '4.2.1', 'v5.0'])(
		'never repeats on a server that is not known to heed keys, but reads back: %s',
		async (version) => {
			const id = `4${version.length}`;
			const one = status(id, { created_at: now(), content: '<p>Hello</p>' });
			const talk = conversation(HOST, [
				...relative(version),
				['POST', '/api/v1/statuses', 502, '<html>Bad Gateway</html>'],
				['GET', listed, 200, [], date()],
				['GET', listed, 200, [one], date()],
				['GET', `/api/v1/statuses/${id}/source`, 404],
			]);
			const [json] = await outcome(mastodonNode({ text: 'Hello' }));
			expect(json).toMatchObject({ id, status: 'already_published' });
			talk.done();
		},
	);

	it('never repeats a scheduled post, and looks for it on all pages', async () => {
		const one = (id: string, text: string) => ({ id, scheduled_at: scheduledAt, params: { text } });
		const next = { link: `<${HOST}/api/v1/scheduled_statuses?limit=40&max_id=8>; rel="next"` };
		const talk = conversation(HOST, [
			...BEFORE,
			lost,
			['GET', '/api/v1/scheduled_statuses', 200, [one('9', 'Other'), one('8', 'Another')], next],
			['GET', '/api/v1/scheduled_statuses', 200, [one('7', 'Hello')]],
		]);
		const [json] = await outcome(mastodonNode({ text: 'Hello', options: { scheduledAt } }));
		expect(json).toMatchObject({ id: '7', status: 'scheduled', publishedAt: scheduledAt });
		expect(talk.requests.slice(3).map(({ query }) => query)).toEqual([
			{ limit: '40' },
			{ limit: '40', max_id: '8' },
		]);
		talk.done();
	});
});
