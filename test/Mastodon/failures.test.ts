import { conversation } from '../support/conversation';
import { png } from '../support/mediaFixtures';
import { binaryItem } from '../support/n8n';
import { BEFORE, HOST, mastodonNode, outcome, status } from './setup';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

const failing = async (
	parameters: object,
	lines: Parameters<typeof conversation>[1],
	items?: never[],
) => {
	const talk = conversation(HOST, lines);
	const [json] = await outcome(mastodonNode({ ...parameters }, { continueOnFail: true }), items);
	talk.done();
	return { error: json.error as Record<string, unknown>, talk };
};

const said = (error: string) => ({ error });

describe('refusals of the post', () => {
	it.each<[string, Answer, Record<string, unknown>]>([
		[
			'a bad request',
			[400, said('Malformed')],
			{ code: 'platform_rejected', message: 'Mastodon: Malformed' },
		],
		[
			'a dead token',
			[401, said('The access token was revoked')],
			{ code: 'platform_auth_failed', retryable: false },
		],
		[
			'a missing scope',
			[403, said('outside the authorized scopes')],
			{ code: 'permission_missing' },
		],
		['a deleted parent', [404, said('does not appear to exist')], { code: 'not_found' }],
		['what is gone', [410, ''], { code: 'not_found', message: 'Mastodon: HTTP 410' }],
		[
			'a proxy’s limit',
			[413, '<html>413</html>'],
			{ code: 'media_rejected', platformResponse: '<html>413</html>' },
		],
		[
			'invalid content',
			[422, said('Validation failed: Text')],
			{ code: 'platform_rejected', httpStatus: 422 },
		],
		[
			'a silent refusal',
			[422, ''],
			{
				code: 'platform_rejected',
				remediation: expect.stringContaining('reconnect the credential'),
			},
		],
		[
			'a server that has moved',
			[301, '', { location: 'https://new.example/api/v1/statuses' }],
			{
				code: 'platform_rejected',
				rule: 'mastodon.instance.moved',
				message: expect.stringContaining('new.example'),
			},
		],
		[
			'a redirect to nowhere',
			[302, '', { location: '/login' }],
			{ code: 'platform_rejected', rule: 'mastodon.instance.moved' },
		],
		[
			'too many posts, with a time in ISO 8601',
			[429, said('Too many requests'), { 'x-ratelimit-reset': '2096-11-21T12:00:00.123456Z' }],
			{
				code: 'rate_limited',
				retryable: true,
				retryAt: expect.stringMatching(/^2096-11-21T1[12]:/),
			},
		],
		[
			'too many posts, with a time in Unix seconds',
			[429, said('Too many requests'), { 'x-ratelimit-reset': '4000000000' }],
			{ code: 'rate_limited', retryAt: expect.stringMatching(/^2096-10-02T07:0/) },
		],
	])('tells %s', async (_what, [code, body, headers], expected) => {
		const { error } = await failing({ text: 'Hello' }, [
			...BEFORE,
			['POST', '/api/v1/statuses', code, body, headers],
		]);
		expect(error).toMatchObject({ platform: 'mastodon', ...expected });
		expect(JSON.stringify(error)).not.toContain('secret');
	});
});

describe('refusals of media', () => {
	const post = { text: 'Hello', media: { medium: [{ source: 'binary', binaryProperty: 'data' }] } };
	const item = async () =>
		[await binaryItem({ data: { data: png(8, 8), fileName: 'a.png', mimeType: '' } })] as never[];

	it.each<[number, unknown, string]>([
		[406, '', 'Mastodon does not take a.png: HTTP 406'],
		[413, '<h1>Too large</h1>', 'Mastodon does not take a.png: HTTP 413'],
		[422, said('File is invalid'), 'Mastodon does not take a.png: File is invalid'],
	])('tells a %i on upload', async (code, body, message) => {
		const { error } = await failing(
			post,
			[...BEFORE, ['POST', '/api/v2/media', code, body]],
			await item(),
		);
		expect(error).toMatchObject({
			code: 'media_rejected',
			rule: `mastodon.media.${code}`,
			message,
		});
	});

	it('tells a failure in processing', async () => {
		const { error } = await failing(
			post,
			[
				...BEFORE,
				['POST', '/api/v2/media', 202, { id: 'a1' }],
				['GET', '/api/v1/media/a1', 422, said('Error processing thumbnail')],
			],
			await item(),
		);
		expect(error).toMatchObject({
			code: 'media_rejected',
			message: 'Mastodon could not process a file: Error processing thumbnail',
		});
	});
});

describe('posts that cannot be found', () => {
	const options = { replyTo: 'https://other.example/notice/1' };
	it.each<[string, Answer, Record<string, unknown>]>([
		[
			'no scope',
			[403, said('scopes')],
			{ code: 'permission_missing', rule: 'mastodon.scope.search' },
		],
		['no search', [404, said('Record not found')], { code: 'not_found' }],
		[
			'no result',
			[200, { statuses: [] }],
			{ code: 'not_found', message: expect.stringContaining('notice/1') },
		],
	])('tells %s', async (_what, [code, body], expected) => {
		const { error } = await failing({ text: 'Hello', options }, [
			...BEFORE,
			['GET', '/api/v2/search', code, body],
		]);
		expect(error).toMatchObject(expected);
	});

	it('tells what is no address of a post', async () => {
		const { error } = await failing({ text: 'Hello', options: { replyTo: 'the last one' } }, [
			...BEFORE,
		]);
		expect(error).toMatchObject({ code: 'validation_failed', rule: 'mastodon.post.address' });
	});
});

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
