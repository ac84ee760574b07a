import { SUBCODES } from '@/nodes/Instagram/errors';
import { conversation, type Line } from '@/test/support/conversation';
import { jpeg } from '@/test/support/mediaFixtures';
import {
	byFacebook,
	FACEBOOK,
	fromUrls,
	HOST,
	instagramNode,
	madeIn,
	MEDIA,
	outcome,
	post,
	PUBLISH,
	serve,
} from './setup';

const graph = (code: number, error_subcode?: number, more: object = {}) => ({
	error: { message: 'Said so', type: 'OAuthException', code, error_subcode, ...more },
});
const ready = post('1').slice(0, 2);

const hello = (options: object = {}) => {
	serve({ '/a.jpg': jpeg(100, 100) });
	return instagramNode({ text: 'Hello', media: fromUrls('/a.jpg'), options });
};

/** Does not wait for rate limits; another test covers that. */
const failing = async (lines: readonly Line[]) => {
	const talk = conversation(HOST, lines);
	const [json] = await outcome(hello({ rateLimitWait: 0 }));
	talk.done();
	return json.error;
};

/**
 * Codes of the Graph and of Instagram: the failure of each, and how often the node asks for a
 * container.
 */
const CODES: Array<[number, number | undefined, number, string, boolean, number?]> = [
	[190, 458, 400, 'platform_auth_failed', false],
	[190, 459, 400, 'platform_auth_failed', false],
	[190, 460, 400, 'platform_auth_failed', false],
	[190, 463, 400, 'platform_auth_failed', false],
	[190, 464, 400, 'platform_auth_failed', false],
	[190, 467, 400, 'platform_auth_failed', false],
	[190, 463, 200, 'platform_auth_failed', false],
	[102, undefined, 400, 'platform_auth_failed', false],
	[3, undefined, 400, 'permission_missing', false],
	[10, undefined, 403, 'permission_missing', false],
	[200, undefined, 403, 'permission_missing', false],
	[299, undefined, 403, 'permission_missing', false],
	[100, undefined, 400, 'platform_rejected', false],
	[100, 33, 400, 'not_found', false],
	[4, undefined, 403, 'rate_limited', true],
	[17, undefined, 400, 'rate_limited', true],
	[32, undefined, 400, 'rate_limited', true],
	[613, undefined, 400, 'rate_limited', true],
	[80_002, undefined, 400, 'rate_limited', true],
	[-2, 2_207_003, 400, 'platform_unavailable', true, 4],
	[-2, 2_207_020, 400, 'platform_rejected', true],
	[-1, 2_207_001, 400, 'platform_unavailable', true, 4],
	[-1, 2_207_032, 400, 'platform_unavailable', true, 4],
	[-1, 2_207_053, 400, 'media_rejected', true],
	[1, 2_207_057, 400, 'platform_rejected', false],
	[4, 2_207_051, 400, 'platform_rejected', false],
	[9, 2_207_042, 400, 'quota_exceeded', false],
	[24, 2_207_006, 400, 'platform_rejected', true],
	[24, 2_207_008, 400, 'platform_rejected', true, 5],
	[25, 2_207_050, 400, 'platform_rejected', false],
	[352, 2_207_026, 400, 'media_rejected', false],
	[9004, 2_207_052, 400, 'media_rejected', true],
	[9007, 2_207_027, 400, 'platform_unavailable', true, 5],
	[36_000, 2_207_004, 400, 'media_rejected', false],
	[36_001, 2_207_005, 400, 'media_rejected', false],
	[36_003, 2_207_009, 400, 'media_rejected', false],
	[36_004, 2_207_010, 400, 'platform_rejected', false],
	[100, 2_207_023, 400, 'platform_rejected', false],
	[100, 2_207_028, 400, 'platform_rejected', false],
	[100, 2_207_035, 400, 'platform_rejected', false],
	[100, 2_207_036, 400, 'platform_rejected', false],
	[100, 2_207_037, 400, 'platform_rejected', false],
	[100, 2_207_040, 400, 'platform_rejected', false],
	[1, 2_207_076, 400, 'media_rejected', false],
	[1, 2_207_077, 400, 'media_rejected', true],
	[1, 2_207_081, 400, 'platform_rejected', false],
	[1, 2_207_082, 400, 'media_rejected', true],
	[99_999, undefined, 400, 'platform_rejected', false],
];

describe('what Instagram says', () => {
	it.each(CODES)('%i/%s with HTTP %i means %s', async (...row) => {
		const [code, subcode, status, meant, retryable, times = 1] = row;
		const number = [code, subcode].filter(Boolean).join('/');
		const line: Line = ['POST', MEDIA, status, graph(code, subcode)];
		expect(await failing(Array<Line>(times).fill(line))).toMatchObject({
			code: meant,
			retryable,
			rule: `instagram.${number.replace('/', '.')}`,
			message: `Instagram: Said so (${number})`,
			httpStatus: status,
		});
	});

	it('leaves no subcode out', () => {
		const tried = CODES.map(([, subcode]) => subcode);
		expect(Object.keys(SUBCODES).filter((code) => !tried.includes(Number(code)))).toEqual([]);
	});

	it('prefers the words that are meant for people, and names what helps', async () => {
		const more = { error_user_msg: 'This goes against the rules.' };
		expect(await failing([['POST', MEDIA, 400, graph(100, undefined, more)]])).toMatchObject({
			message: 'Instagram: This goes against the rules. (100)',
		});
		expect(await failing([['POST', MEDIA, 403, graph(10)]])).toMatchObject({
			remediation: expect.stringContaining('instagram_business_content_publish'),
		});
		expect(await failing([['POST', MEDIA, 400, graph(190, 463)]])).toMatchObject({
			remediation: 'Reconnect the credential "My crosspostInstagramOAuth2Api" and run again.',
		});
	});

	it.each([
		['comments', 'POST', '/v26.0/17/comments', HOST, 'instagram_business_manage_comments'],
		['deleting', 'DELETE', '/v26.0/17', FACEBOOK, 'instagram_manage_contents'],
	])('names the permission that %s need', async (what, method, path, host, scope) => {
		const talk = conversation(host, [[method, path, 403, graph(10)]]);
		const target = { __rl: true, mode: 'id', value: '17' };
		const node =
			what === 'comments'
				? instagramNode({ resource: 'comment', operation: 'create', post: target, message: 'Hi' })
				: byFacebook({ operation: 'delete', post: target });
		const [{ error }] = await outcome(node);
		expect(error).toMatchObject({
			code: 'permission_missing',
			remediation: expect.stringContaining(scope),
		});
		talk.done();
	});

	it('keeps secrets that Instagram echoes to itself', async () => {
		const message =
			'Cannot parse IGlong-token-1, app-secret-1234, https://n8n.example.com/rest/binary-data/signed?token=ey.J_1';
		const error = await failing([['POST', MEDIA, 400, graph(100, undefined, { message })]]);
		expect(JSON.stringify(error)).not.toMatch(/IGlong-token-1|app-secret-1234|ey\.J_1/);
	});

	it.each([
		['Error: Media upload has failed with error code 2207026', 'media_rejected', '2207026', false],
		['Error: Media upload has failed with error code 2207077', 'media_rejected', '2207077', true],
		[
			'Error: Media upload has failed with error code 2207051',
			'platform_rejected',
			'2207051',
			false,
		],
		['Error: Media upload has failed with error code 2299999', 'media_rejected', '2299999', false],
		['Error', 'media_rejected', 'ERROR', false],
	])('a container that failed with "%s" means %s', async (status, code, reason, retryable) => {
		const [first] = ready;
		const failed = { id: 'c1', status_code: 'ERROR', status };
		expect(await failing([first, ['GET', '/v26.0/c1', 200, failed]])).toMatchObject({
			code,
			retryable,
			rule: `instagram.container.${reason}`,
			message: `Instagram did not take the post: ${status}`,
		});
	});
});

describe('trouble on the way', () => {
	it('repeats what publishes nothing', async () => {
		const talk = conversation(HOST, [
			['POST', MEDIA, 500, graph(2)],
			['POST', MEDIA, 400, graph(-1, 2_207_032)],
			['POST', MEDIA, 400, graph(80_002), { 'retry-after': '3' }],
			['POST', MEDIA, 200, { id: 'c1' }],
			['GET', '/v26.0/c1', 502, '<html>'],
			...post('1').slice(1),
		]);
		expect(await outcome(hello())).toMatchObject([{ id: '1', status: 'published' }]);
		talk.done();
	});

	it('publishes again while the container is not ready or not visible yet', async () => {
		const talk = conversation(HOST, [
			...ready,
			['POST', PUBLISH, 400, graph(9007, 2_207_027)],
			['POST', PUBLISH, 400, graph(24, 2_207_008)],
			...post('1').slice(2),
		]);
		expect(await outcome(hello())).toMatchObject([{ id: '1', status: 'published' }]);
		talk.done();
	});

	it('takes a new container in the next run where one is gone', async () => {
		const talk = conversation(HOST, [
			...ready,
			['POST', PUBLISH, 400, graph(24, 2_207_006)],
			['GET', '/v26.0/c1', 400, graph(100, 33)],
			...post('2'),
		]);
		serve({ '/a.jpg': jpeg(100, 100) });
		const node = hello();
		expect(await outcome(node)).toMatchObject([{ error: { rule: 'instagram.24.2207006' } }]);
		expect(await outcome(node)).toMatchObject([{ id: '2', status: 'published' }]);
		expect(madeIn(talk)).toHaveLength(2);
		talk.done();
	});
});
