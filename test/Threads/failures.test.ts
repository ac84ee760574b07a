import { conversation, type Line } from '@/test/support/conversation';
import { finished, HOST, madeIn, outcome, post, shown, threadsNode } from './setup';

const graph = (code: number, error_subcode?: number, more: object = {}) => ({
	error: { message: 'Said so', type: 'OAuthException', code, error_subcode, ...more },
});
const hello = { text: 'Hello' };
const now = () => new Date(Date.now()).toISOString().replace(/\.\d+Z$/, '+0000');
const ready = post('1').slice(0, 2);
/** Several looks at once, and one after Threads has had enough time. */
const settling = Array<Line>(6).fill(['GET', '/v1.0/c1', 200, finished('c1')]);
const creating = '/v1.0/me/threads';
const publishing = '/v1.0/me/threads_publish';

/** Does not wait for rate limits; another test covers that. */
const failing = async (lines: Parameters<typeof conversation>[1]) => {
	const talk = conversation(HOST, lines);
	const [json] = await outcome(threadsNode({ ...hello, options: { rateLimitWait: 0 } }));
	talk.done();
	return json.error;
};

describe('what Threads says', () => {
	it.each([
		[190, 463, 400, 'platform_auth_failed', false],
		[190, 460, 401, 'platform_auth_failed', false],
		[102, undefined, 400, 'platform_auth_failed', false],
		[10, undefined, 403, 'permission_missing', false],
		[3, undefined, 400, 'permission_missing', false],
		[200, undefined, 403, 'permission_missing', false],
		[299, undefined, 403, 'permission_missing', false],
		[4, undefined, 403, 'rate_limited', true],
		[17, undefined, 400, 'rate_limited', true],
		[32, undefined, 400, 'rate_limited', true],
		[341, undefined, 400, 'rate_limited', true],
		[613, undefined, 400, 'rate_limited', true],
		[80_006, undefined, 400, 'rate_limited', true],
		[506, undefined, 400, 'duplicate', false],
		[100, undefined, 400, 'platform_rejected', false],
		[100, 33, 400, 'not_found', false],
		[10, 4_279_013, 403, 'platform_rejected', false],
		[4, 2_207_051, 403, 'platform_rejected', false],
		[1, 2_207_052, 400, 'media_rejected', false],
		[99_999, undefined, 400, 'platform_rejected', false],
		[190, 463, 200, 'platform_auth_failed', false],
	])('%i/%s with HTTP %i means %s', async (code, subcode, status, meant, retryable) => {
		const number = [code, subcode].filter(Boolean).join('/');
		expect(await failing([['POST', creating, status, graph(code, subcode)]])).toMatchObject({
			code: meant,
			retryable,
			rule: `threads.${number.replace('/', '.')}`,
			message: `Threads: Said so (${number})`,
			httpStatus: status,
		});
	});

	it('prefers the words that are meant for people', async () => {
		const more = {
			error_user_title: 'Not allowed',
			error_user_msg: 'This goes against the rules.',
		};
		expect(await failing([['POST', creating, 400, graph(100, undefined, more)]])).toMatchObject({
			message: 'Threads: This goes against the rules. (100)',
		});
	});

	it('names the permissions and the credential', async () => {
		expect(await failing([['POST', creating, 403, graph(10)]])).toMatchObject({
			remediation: expect.stringContaining('threads_basic and threads_content_publish'),
		});
		expect(await failing([['POST', creating, 400, graph(190, 463)]])).toMatchObject({
			remediation: 'Reconnect the credential "My crosspostThreadsOAuth2Api" and run again.',
		});
	});

	it('keeps secrets that Threads echoes to itself', async () => {
		const message =
			'Cannot parse long-token-1, app-secret-1234, https://n8n.example.com/rest/binary-data/signed?token=ey.J_1';
		const error = await failing([['POST', creating, 400, graph(100, undefined, { message })]]);
		expect(JSON.stringify(error)).not.toMatch(/long-token-1|app-secret-1234|ey\.J_1/);
		expect(error).toMatchObject({
			message: expect.stringMatching(/^Threads: Cannot parse \[hidden\]/),
		});
	});

	it.each([
		['FAILED_DOWNLOADING_VIDEO', 'media_rejected'],
		['INVALID_ASPEC_RATIO', 'media_rejected'],
		['UNKNOWN', 'platform_rejected'],
	])('a container that failed with %s means %s', async (error_message, code) => {
		const failed = { id: 'c1', status: 'ERROR', error_message };
		const [first] = ready;
		expect(await failing([first, ['GET', '/v1.0/c1', 200, failed]])).toMatchObject({
			code,
			rule: `threads.container.${error_message}`,
			message: `Threads did not take the post: ${error_message}`,
		});
	});
});

describe('trouble on the way', () => {
	it('repeats what publishes nothing', async () => {
		const talk = conversation(HOST, [
			['POST', creating, 500, graph(2)],
			['POST', creating, 400, graph(1)],
			['POST', creating, 403, graph(4), { 'retry-after': '3' }],
			['POST', creating, 200, { id: 'c1' }],
			['GET', '/v1.0/c1', 502, '<html>'],
			...post('1').slice(1),
		]);
		expect(await outcome(threadsNode(hello))).toMatchObject([{ id: '1', status: 'published' }]);
		talk.done();
	});

	it('tells when a rate limit is lifted', async () => {
		const retryAfter = { 'retry-after': '600' };
		const talk = conversation(HOST, [['POST', creating, 403, graph(4), retryAfter]]);
		const [{ error }] = await outcome(threadsNode(hello));
		expect(error).toMatchObject({ code: 'rate_limited', retryAt: expect.any(String) });
		talk.done();
	});

	it('publishes again while the container is not visible yet', async () => {
		const early: [string, string, number, object] = ['POST', publishing, 400, graph(24, 4_279_009)];
		const talk = conversation(HOST, [...ready, early, early, ...post('1').slice(2)]);
		expect(await outcome(threadsNode(hello))).toMatchObject([{ id: '1', status: 'published' }]);
		talk.done();
	});

	it('takes a new container in the next run where one never becomes visible', async () => {
		const early: [string, string, number, object] = ['POST', publishing, 400, graph(24, 4_279_009)];
		const talk = conversation(HOST, [
			...ready,
			...Array<typeof early>(5).fill(early),
			['GET', '/v1.0/c1', 200, finished('c1')],
			...post('2'),
		]);
		const node = threadsNode(hello);
		expect(await outcome(node)).toMatchObject([
			{ error: { code: 'platform_unavailable', rule: 'threads.24.4279009', retryable: true } },
		]);
		expect(await outcome(node)).toMatchObject([{ id: '2', status: 'published' }]);
		expect(madeIn(talk)).toHaveLength(2);
		talk.done();
	});
});

describe.each([
	['HTTP 502', 502, '<html>'],
	['code 1', 400, graph(1)],
	['code 2', 500, graph(2)],
])('a publishing request answered with %s', (_name, status, body) => {
	const lost: [string, string, number, unknown] = ['POST', publishing, status, body];

	it('is settled as published by its container, and the post is found', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			['GET', '/v1.0/c1', 200, finished('c1')],
			['GET', '/v1.0/c1', 200, { id: 'c1', status: 'PUBLISHED' }],
			['GET', creating, 200, { data: [shown('8', { text: 'Another', timestamp: now() })] }],
			[
				'GET',
				creating,
				200,
				{
					data: [
						shown('9', { text: 'Another', timestamp: now() }),
						shown('10', { media_type: 'IMAGE', timestamp: now() }),
						shown('1', { media_type: 'TEXT_POST', timestamp: now() }),
						shown('0', { timestamp: '2020-01-01T00:00:00+0000' }),
					],
				},
			],
		]);
		const node = threadsNode(hello);
		const [result] = await outcome(node);
		expect(result).toMatchObject({
			id: '1',
			url: 'https://www.threads.net/@alice/post/C1',
			status: 'already_published',
			warnings: [],
		});
		expect(await outcome(node)).toEqual([result]);
		talk.done();
	});

	it('is settled as not published by its container, and the next run publishes', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			...Array<Line>(2).fill(['GET', '/v1.0/c1', 200, { id: 'c1', status: 'ERROR' }]),
			...post('2'),
		]);
		const node = threadsNode(hello);
		expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_unavailable' } }]);
		expect(await outcome(node)).toMatchObject([{ id: '2', status: 'published' }]);
		talk.done();
	});

	it('is not repeated by the next run if it went through late', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			...settling,
			['GET', '/v1.0/c1', 200, { id: 'c1', status: 'PUBLISHED' }],
			['GET', creating, 200, { data: [shown('1', { timestamp: now() })] }],
		]);
		const node = threadsNode(hello);
		expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_unavailable' } }]);
		expect(await outcome(node)).toMatchObject([{ id: '1', status: 'already_published' }]);
		expect(madeIn(talk)).toHaveLength(1);
		talk.done();
	});

	it('stays unknown where the container cannot be read', async () => {
		const talk = conversation(HOST, [...ready, lost, ['GET', '/v1.0/c1', 400, graph(190, 463)]]);
		expect(await outcome(threadsNode(hello))).toMatchObject([
			{ error: { code: 'outcome_unknown', retryable: false } },
		]);
		talk.done();
	});

	it('is published also where the post is not listed', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			['GET', '/v1.0/c1', 200, { id: 'c1', status: 'PUBLISHED' }],
			['GET', creating, 400, graph(10)],
		]);
		expect(await outcome(threadsNode(hello))).toMatchObject([
			{
				id: 'c1',
				status: 'already_published',
				warnings: [
					'Looking for the post on the account failed: Threads: Said so (10)',
					'Threads says that the post is out but does not list it yet: the ID is that of its container.',
				],
			},
		]);
		talk.done();
	});
});

describe('a thread that breaks off', () => {
	it('names the parts that are out, and Resume goes on from there', async () => {
		const talk = conversation(HOST, [
			...post('1'),
			['POST', creating, 400, graph(100)],
			...post('2'),
			...post('3'),
		]);
		const thread = { post: [{ text: 'Two' }, { text: 'Three' }] };
		const options = { topicTag: 'Cats' };
		const [{ error }] = await outcome(threadsNode({ text: 'One', thread, options }));
		expect(error).toMatchObject({
			code: 'platform_rejected',
			message: 'Threads: Said so (100) (part 2 of 3; 1 published)',
			published: [{ id: '1', url: 'https://www.threads.net/@alice/post/C1' }],
		});
		const { resume } = error as { resume: object };
		const node = threadsNode({ operation: 'resume', resume: JSON.stringify(resume) });
		expect(await outcome(node)).toMatchObject([
			{ id: '1', status: 'published', thread: [{ id: '1' }, { id: '2' }, { id: '3' }] },
		]);
		expect(madeIn(talk)).toEqual([
			{ media_type: 'TEXT', text: 'One', topic_tag: 'Cats' },
			{ media_type: 'TEXT', text: 'Two', reply_to_id: '1' },
			{ media_type: 'TEXT', text: 'Two', reply_to_id: '1' },
			{ media_type: 'TEXT', text: 'Three', reply_to_id: '2' },
		]);
		talk.done();
	});
});
