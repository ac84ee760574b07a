import { SUBCODES } from '@/nodes/Facebook/errors';
import { conversation, type Line } from '@/test/support/conversation';
import { facebookNode, GRAPH, longToken, outcome, PAGE, PASTED, TYPE } from './setup';

const FEED = `/v26.0/${PAGE}/feed`;
const graph = (code: number, error_subcode?: number, more: object = {}) => ({
	error: { message: 'Said so', type: 'OAuthException', code, error_subcode, ...more },
});

/** The person's own token is dead too, so the Page cannot get a new one. */
const allDead = (code: number, subcode?: number, status = 400): Line[] => [
	['POST', FEED, status, graph(code, subcode)],
	['GET', `/v26.0/${PAGE}`, status, graph(code, subcode)],
];

/** Does not wait for rate limits; another test covers that. */
const failing = async (lines: readonly Line[], setup = {}) => {
	const talk = conversation(GRAPH, lines);
	const [json] = await outcome(
		facebookNode({ text: 'Hello', options: { rateLimitWait: 0 } }, setup),
	);
	talk.done();
	return json.error;
};

describe('what Facebook says', () => {
	const CODES: Array<[number, number | undefined, number, string, boolean]> = [
		[190, 458, 400, 'platform_auth_failed', false],
		[190, 459, 400, 'platform_auth_failed', false],
		[190, 460, 401, 'platform_auth_failed', false],
		[190, 463, 400, 'platform_auth_failed', false],
		[190, 464, 400, 'platform_auth_failed', false],
		[190, 467, 400, 'platform_auth_failed', false],
		[190, 492, 400, 'platform_auth_failed', false],
		[102, undefined, 400, 'platform_auth_failed', false],
		[3, undefined, 400, 'permission_missing', false],
		[10, undefined, 403, 'permission_missing', false],
		[200, undefined, 403, 'permission_missing', false],
		[210, undefined, 403, 'permission_missing', false],
		[299, undefined, 403, 'permission_missing', false],
		[4, undefined, 403, 'rate_limited', true],
		[17, undefined, 400, 'rate_limited', true],
		[32, undefined, 400, 'rate_limited', true],
		[341, undefined, 400, 'rate_limited', true],
		[613, undefined, 400, 'rate_limited', true],
		[80_001, undefined, 400, 'rate_limited', true],
		[80_006, undefined, 400, 'rate_limited', true],
		[368, undefined, 400, 'platform_rejected', false],
		[368, 1_390_008, 400, 'quota_exceeded', false],
		[506, undefined, 400, 'duplicate', false],
		[100, undefined, 400, 'platform_rejected', false],
		[100, 33, 400, 'not_found', false],
		[324, undefined, 400, 'media_rejected', false],
		[389, undefined, 400, 'media_rejected', false],
		[6000, undefined, 400, 'media_rejected', false],
		[6000, 1_363_022, 400, 'media_rejected', false],
		[6000, 1_363_023, 400, 'media_rejected', false],
		[6000, 1_363_037, 400, 'media_rejected', false],
		[6000, 1_363_042, 400, 'permission_missing', false],
		[1_363_042, undefined, 400, 'permission_missing', false],
		[1_609_005, undefined, 400, 'platform_rejected', false],
		[100, 1_346_003, 400, 'platform_rejected', false],
		[100, 1_349_125, 400, 'platform_rejected', false],
		[100, 1_366_046, 400, 'media_rejected', false],
		[100, 1_366_051, 400, 'duplicate', false],
		[100, 1_404_006, 400, 'permission_missing', false],
		[100, 1_404_078, 400, 'permission_missing', false],
		[100, 1_404_102, 400, 'platform_rejected', false],
		[100, 1_404_112, 400, 'permission_missing', false],
		[100, 1_609_008, 400, 'platform_rejected', false],
		[100, 2_061_006, 400, 'platform_rejected', false],
		[324, 2_069_019, 400, 'media_rejected', false],
		[100, 4_854_002, 400, 'permission_missing', false],
		[99_999, undefined, 400, 'platform_rejected', false],
		[190, 463, 200, 'platform_auth_failed', false],
	];
	const PASSING: Array<[number, number | undefined]> = [
		[1, undefined],
		[2, undefined],
		[6000, 1_363_019],
		[100, 1_363_030],
		[100, 1_363_047],
		[100, 1_609_010],
	];

	it('leaves no subcode out', () => {
		const tried = [...CODES, ...PASSING].flatMap(([code, subcode]) => [code, subcode]);
		expect(Object.keys(SUBCODES).filter((code) => !tried.includes(Number(code)))).toEqual([]);
	});

	it.each(CODES)('%i/%s with HTTP %i means %s', async (code, subcode, status, meant, retryable) => {
		const numbers = [code, subcode].filter(Boolean);
		const dead = meant === 'platform_auth_failed';
		const lines = allDead(code, subcode, status).slice(0, dead ? 2 : 1);
		// The node looks for the earlier post, to name it.
		const looked = `/v26.0/${PAGE}/published_posts`;
		const talk = meant === 'duplicate' ? conversation(GRAPH, []) : undefined;
		if (talk) return void expect(await duplicated(lines, looked)).toMatchObject({ code: meant });
		expect(await failing(lines)).toMatchObject({
			code: meant,
			retryable,
			rule: ['facebook', ...numbers].join('.'),
			message: `Facebook Pages: Said so (${numbers.join('/')})`,
			httpStatus: status,
		});
	});

	const duplicated = async (lines: Line[], looked: string) => {
		conversation(GRAPH, [...lines, ['GET', looked, 200, { data: [] }]]);
		const [json] = await outcome(facebookNode({ text: 'Hello' }));
		return json.error;
	};

	it.each(PASSING)('%i/%s may pass: what publishes nothing is repeated', async (code, subcode) => {
		const page = `/v26.0/${PAGE}`;
		const talk = conversation(GRAPH, [
			['GET', page, 400, graph(code, subcode)],
			['GET', page, 200, { access_token: 'page-token-1' }],
			['POST', FEED, 200, { id: '1' }],
			['GET', '/v26.0/1', 200, {}],
		]);
		const node = facebookNode({ text: 'Hello' }, { token: longToken() });
		expect(await outcome(node)).toMatchObject([{ id: '1', status: 'published' }]);
		talk.done();
	});

	it('prefers the words that are meant for people', async () => {
		const more = { error_user_title: 'No', error_user_msg: 'This goes against the rules.' };
		expect(await failing([['POST', FEED, 400, graph(100, undefined, more)]])).toMatchObject({
			message: 'Facebook Pages: This goes against the rules. (100)',
		});
	});

	it('names the permissions, the credential and what waits at facebook.com', async () => {
		expect(await failing([['POST', FEED, 403, graph(200)]])).toMatchObject({
			remediation: expect.stringMatching(/pages_manage_posts.*read_insights.*Advanced Access/),
		});
		expect(await failing(allDead(190, 463))).toMatchObject({
			remediation: 'Reconnect the credential "My crosspostFacebookOAuth2Api" and run again.',
		});
		const pasted = await failing([['GET', '/v26.0/me', 400, graph(190, 460)]], { pasted: true });
		expect(pasted).toMatchObject({
			remediation: `Reconnect the credential "My ${PASTED}" and run again.`,
		});
		expect(await failing(allDead(190, 459))).toMatchObject({
			remediation: expect.stringContaining('Log in at facebook.com'),
		});
	});

	it('tells when a Page may be used again', async () => {
		const usage = { [PAGE]: [{ type: 'pages', estimated_time_to_regain_access: 15 }] };
		const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
		const before = Date.now() + 15 * 60_000;
		const error = (await failing([['POST', FEED, 400, graph(80_001), headers]])) as {
			retryAt: string;
		};
		expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
		expect(Date.parse(error.retryAt)).toBeGreaterThanOrEqual(before);
		expect(Date.parse(error.retryAt)).toBeLessThan(before + 60_000);
	});

	it('keeps secrets that Facebook echoes to itself', async () => {
		const message =
			'Cannot parse page-token-1 or user-token-1 of app-secret-1234, https://a.example/?access_token=other-1';
		const error = await failing([['POST', FEED, 400, graph(100, undefined, { message })]]);
		expect(JSON.stringify(error)).not.toMatch(/page-token-1|user-token-1|app-secret|other-1/);
		expect(error).toMatchObject({ message: expect.stringContaining('Cannot parse [hidden]') });
	});
});

describe('the token of a Page that died before that of the person', () => {
	const [refused] = allDead(190, 460);
	const path = `/v26.0/${PAGE}`;

	it('is made anew, once, and kept in the place of the dead one', async () => {
		const talk = conversation(GRAPH, [
			refused,
			['GET', path, 200, { access_token: 'page-token-2' }],
			['POST', FEED, 200, { id: `${PAGE}_1` }],
			['GET', `/v26.0/${PAGE}_1`, 200, {}],
		]);
		const node = facebookNode({ text: 'Hello' });
		expect(await outcome(node)).toMatchObject([{ id: `${PAGE}_1`, status: 'published' }]);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer page-token-1',
			'Bearer user-token-1',
			'Bearer page-token-2',
			'Bearer page-token-2',
		]);
		expect(node.stored[TYPE].oauthTokenData).toMatchObject({
			access_token: 'user-token-1',
			crosspost: { secrets: { [`page:${PAGE}`]: 'page-token-2' } },
		});
		talk.done();
	});

	it.each<[string, string | undefined, Line[], string]>([
		['is refused as well', 'page-token-2', [refused], 'platform_auth_failed'],
		['is the dead one', 'page-token-1', [], 'platform_auth_failed'],
		['is withheld, for the role is gone', undefined, [], 'permission_missing'],
	])('fails where the new one %s', async (_what, access_token, more, code) => {
		const given: Line = ['GET', path, 200, { id: PAGE, access_token }];
		expect(await failing([refused, given, ...more])).toMatchObject({ code });
	});
});

describe('a Page that gives no token', () => {
	it('is one without a role on it, or that the app may not use', async () => {
		expect(
			await failing([['GET', `/v26.0/${PAGE}`, 200, { id: PAGE }]], { token: longToken() }),
		).toMatchObject({
			code: 'permission_missing',
			rule: 'facebook.pages.role',
			remediation: expect.stringContaining('choose this Page'),
		});
	});
});

describe('a listing of Pages', () => {
	it('is paged by cursors, and what it says of tokens stays away', async () => {
		const next = 'https://graph.facebook.com/v26.0/me/accounts?access_token=user-token-1&after=c1';
		const talk = conversation(GRAPH, [
			[
				'GET',
				'/v26.0/me/accounts',
				200,
				{
					data: [{ id: '1', name: 'One', access_token: 'page-token-1' }],
					paging: { cursors: { after: 'c1' }, next },
				},
			],
			[
				'GET',
				'/v26.0/me/accounts',
				200,
				{ data: [{ id: '2', name: 'Two' }], paging: { cursors: { after: 'c2' } } },
			],
			['GET', '/v26.0/me/businesses', 200, { data: [{ id: 'b1' }, { id: 'b2' }] }],
			['GET', '/v26.0/b1/owned_pages', 200, { data: [{ id: '2', name: 'Two' }, { id: '3' }] }],
			['GET', '/v26.0/b1/client_pages', 400, graph(100)],
			['GET', '/v26.0/b2/owned_pages', 200, { data: [] }],
			['GET', '/v26.0/b2/client_pages', 200, { data: [{ id: '4', name: 'Four' }] }],
		]);
		const node = facebookNode({ resource: 'page', operation: 'getAll', returnAll: true });
		const pages = await outcome(node);
		expect(pages.map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
		expect(JSON.stringify(pages)).not.toContain('token');
		const fields = 'id,name,username,category,link';
		expect(talk.requests.map(({ query }) => query)).toEqual([
			{ fields, limit: '100' },
			{ fields, limit: '100', after: 'c1' },
			{ fields: 'id', limit: '100' },
			...Array<object>(4).fill({ fields, limit: '100' }),
		]);
		talk.done();
	});

	it.each([
		[403, graph(200)],
		[400, graph(100)],
		[200, graph(10)],
	])('goes without business portfolios where those are refused with %i', async (status, body) => {
		const talk = conversation(GRAPH, [
			['GET', '/v26.0/me/accounts', 200, { data: [{ id: '1', name: 'One' }] }],
			['GET', '/v26.0/me/businesses', status, body],
		]);
		const node = facebookNode({ resource: 'page', operation: 'getAll', returnAll: true });
		expect(await outcome(node)).toEqual([{ id: '1', name: 'One' }]);
		talk.done();
	});

	const limit = { 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":15}]}' };
	const own = ['GET', '/v26.0/me/accounts', 200, { data: [{ id: '1', name: 'One' }] }] as const;
	const portfolios = ['GET', '/v26.0/me/businesses', 200, { data: [{ id: 'b1' }] }] as const;
	const owned = ['GET', '/v26.0/b1/owned_pages', 200, { data: [] }] as const;

	it.each<[string, Line[]]>([
		['/me/accounts', []],
		['/me/businesses', [own]],
		['/b1/owned_pages', [own, portfolios]],
		['/b1/client_pages', [own, portfolios, owned]],
	])('is not taken for complete where %s may not be asked for now', async (path, before) => {
		const node = facebookNode({ resource: 'page', operation: 'getAll', returnAll: true });
		for (const code of [17, 32, 80_001]) {
			const refused: Line = ['GET', `/v26.0${path}`, 400, graph(code), limit];
			const talk = conversation(GRAPH, [...before, refused]);
			const [{ error }] = await outcome(node);
			expect(error).toMatchObject({ code: 'rate_limited', rule: `facebook.${code}` });
			talk.done();
		}
		const trouble: Line = ['GET', `/v26.0${path}`, 400, graph(2)];
		const talk = conversation(GRAPH, [...before, ...Array<Line>(4).fill(trouble)]);
		const [{ error }] = await outcome(node);
		expect(error).toMatchObject({ code: 'platform_unavailable', rule: 'facebook.2' });
		talk.done();
	});

	it('has the Page alone whose token it is', async () => {
		const talk = conversation(GRAPH, [
			['GET', '/v26.0/me/accounts', 400, graph(100)],
			['GET', '/v26.0/me', 200, { id: '1', name: 'One' }],
		]);
		const node = facebookNode({ resource: 'page', operation: 'getAll', returnAll: true });
		expect(await outcome(node)).toEqual([{ id: '1', name: 'One' }]);
		talk.done();
	});
});

describe('a time that cannot be', () => {
	const DAY = 86_400_000;
	const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();
	const insights = { resource: 'page', operation: 'getInsights', metrics: 'page_follows' };

	it.each([
		['facebook.schedule.time', { operation: 'update', scheduleFor: 'tomorrow at nine' }],
		['facebook.schedule.window', { operation: 'update', scheduleFor: ahead(60_000) }],
		['facebook.schedule.window', { operation: 'update', scheduleFor: ahead(31 * DAY) }],
		['facebook.insights.time', { ...insights, since: 'last week' }],
		['facebook.insights.time', { ...insights, until: 'today' }],
	])('is refused as %s before anything is asked: %j', async (rule, parameters) => {
		const talk = conversation(GRAPH, []);
		const post = { __rl: true, mode: 'id', value: `${PAGE}_1` };
		const [{ error }] = await outcome(facebookNode({ post, text: 'New', ...parameters }));
		expect(error).toMatchObject({ code: 'validation_failed', rule });
		expect(talk.requests).toEqual([]);
	});
});
