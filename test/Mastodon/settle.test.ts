import { conversation } from '../support/conversation';
import { BEFORE, HOST, mastodonNode, outcome, status } from './setup';
import { failing, said } from './talk';

describe('answers that were lost', () => {
	const now = () => new Date().toISOString();
	const lost = ['POST', '/api/v1/statuses', 503, said('temporary problem')] as const;
	const listed = '/api/v1/accounts/1/statuses';
	const date = { date: new Date().toUTCString() };
	const scheduledAt = '2096-01-01T10:00:00.000Z';

	it('repeats under the same key until the server answers', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			lost,
			lost,
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const [json] = await outcome(mastodonNode({ text: 'Hello' }));
		expect(json).toMatchObject({ id: '11', status: 'published' });
		const keys = talk.requests.slice(2).map(({ headers }) => headers['idempotency-key']);
		expect(new Set(keys).size).toBe(1);
		talk.done();
	});

	it('finds the post by its source among the newest ones', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			...[1, 2, 3, 4].map(() => lost),
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
				date,
			],
			['GET', '/api/v1/statuses/13/source', 200, { text: 'Other' }],
			['GET', '/api/v1/statuses/12/source', 404, said('Record not found')],
		]);
		const [json] = await outcome(mastodonNode({ text: 'Hello @bob@other.example ' }));
		expect(json).toMatchObject({ id: '12', status: 'already_published', warnings: [] });
		talk.done();
	});

	it('says that nothing was published where the account shows no such post', async () => {
		const { error } = await failing({ text: 'Hello' }, [
			...BEFORE,
			...[1, 2, 3, 4].map(() => lost),
			['GET', listed, 200, [status('10', { created_at: '2020-01-01T00:00:00Z' })], date],
		]);
		expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
	});

	it('says that it does not know where two posts could be it', async () => {
		const twin = (id: string) => status(id, { created_at: now(), content: '<p>Hello</p>' });
		const { error } = await failing({ text: 'Hello' }, [
			...BEFORE,
			...[1, 2, 3, 4].map(() => lost),
			['GET', listed, 200, [twin('12'), twin('11')], date],
			['GET', '/api/v1/statuses/12/source', 200, { text: 'Hello' }],
			['GET', '/api/v1/statuses/11/source', 200, { text: 'Hello' }],
		]);
		expect(error).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

	it('does not take it for proof that a relative of Mastodon lists no such post', async () => {
		const version = '4.0.0 (not true; really snac/2.75)';
		const { error } = await failing({ text: 'Hello', options: { scheduledAt } }, [
			['GET', '/api/v2/instance', 404, ''],
			['GET', '/api/v1/instance', 200, { version }],
			BEFORE[1],
			lost,
			['GET', '/api/v1/scheduled_statuses', 200, []],
			['GET', listed, 200, [], date],
		]);
		expect(error).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

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
