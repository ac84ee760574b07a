import { conversation } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import type { IDataObject } from 'n8n-workflow';
import { explain } from '@/nodes/Pinterest/errors';
import { binary, BOARD, HOST, made, me, pinterestNode, resultOf } from './setup';

const TRIAL =
	'Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com instead.';
const FEW = 'Your token does not have sufficient permissions to perform this operation.';

/** Answers from the vendor's OpenAPI file and from public reports about clients. */
const ANSWERS: ReadonlyArray<
	readonly [status: number, code: number, message: string, expected: IDataObject]
> = [
	[400, 1, "'recipes' does not match '^\\d+$'", { code: 'platform_rejected', rule: 'pinterest.1' }],
	[
		400,
		400,
		'Invalid pins analytics parameters.',
		{ code: 'platform_rejected', rule: 'pinterest.400' },
	],
	[400, 1, 'too long, constraint: maxItems=5', { code: 'platform_rejected' }],
	[
		400,
		1,
		'cover_image_url or cover_image_content_type is required',
		{ code: 'media_rejected', rule: 'pinterest.cover' },
	],
	[400, 1, 'Unable to reach the URL.', { code: 'media_rejected', rule: 'pinterest.media.url' }],
	[400, 40, 'Board not found.', { code: 'not_found', rule: 'pinterest.40' }],
	[400, 50, 'Pin not found.', { code: 'not_found', rule: 'pinterest.50' }],
	[
		400,
		2031,
		"Sorry! We couldn't find this board section.",
		{ code: 'not_found', rule: 'pinterest.2031' },
	],
	[401, 3, FEW, { code: 'permission_missing', rule: 'pinterest.3' }],
	[403, 3, FEW, { code: 'permission_missing', rule: 'pinterest.3' }],
	[
		401,
		7,
		'Not authorized to access board or Pin.',
		{ code: 'permission_missing', rule: 'pinterest.7' },
	],
	[
		401,
		29,
		'You are not permitted to access that resource.',
		{ code: 'permission_missing', rule: 'pinterest.29' },
	],
	[
		401,
		3,
		'This app requires Standard access.',
		{ code: 'permission_missing', rule: 'pinterest.access.standard' },
	],
	[
		403,
		29,
		'You are not permitted to access that resource.',
		{ code: 'permission_missing', rule: 'pinterest.29' },
	],
	[
		403,
		403,
		'Not authorized to create board sections.',
		{ code: 'permission_missing', rule: 'pinterest.403' },
	],
	[
		403,
		29,
		TRIAL,
		{
			code: 'permission_missing',
			rule: 'pinterest.access.trial',
			remediation: expect.stringContaining('set Environment of the credential to Sandbox'),
		},
	],
	[403, 3, TRIAL, { code: 'permission_missing', rule: 'pinterest.access.trial' }],
	[404, 40, 'Board not found.', { code: 'not_found', rule: 'pinterest.40' }],
	[404, 50, 'Pin not found.', { code: 'not_found', rule: 'pinterest.50' }],
	[404, 100, 'Board not found.', { code: 'not_found', rule: 'pinterest.100' }],
	[404, 2, 'AdAccount not found.', { code: 'not_found', rule: 'pinterest.2' }],
	[404, 404, 'Board or section not found.', { code: 'not_found', rule: 'pinterest.404' }],
	[
		404,
		2031,
		"Sorry! We couldn't find this board section.",
		{ code: 'not_found', rule: 'pinterest.2031' },
	],
	[
		409,
		409,
		'Board section conflict.',
		{ code: 'platform_unavailable', rule: 'pinterest.409', retryable: true },
	],
	[
		429,
		8,
		'This request exceeded a rate limit.',
		{ code: 'rate_limited', rule: 'pinterest.8', retryable: true },
	],
	[429, 30, 'You exceeded a rate limit.', { code: 'rate_limited', rule: 'pinterest.30' }],
	[
		429,
		30,
		'This action was blocked to protect Pinterest from spam.',
		{ code: 'platform_rejected', rule: 'pinterest.spam', retryable: false },
	],
];

const node = () => pinterestNode({ media: binary('a'), options: { rateLimitWait: 0 } });
const item = async () =>
	await binaryItem({ a: { data: png(2, 3), fileName: 'a.png', mimeType: 'image/png' } });

describe('an answer to the publishing request', () => {
	it.each(ANSWERS)(
		'%i with code %s, "%s", is told apart',
		async (status, code, message, expected) => {
			const refusal = ['POST', '/v5/pins', status, { code, message }] as const;
			// An answer which says that nothing was written allows another try.
			conversation(HOST, [me, ...Array(8).fill(refusal)]);
			const { error } = await resultOf(node(), [await item()]);
			expect(error).toMatchObject({ platform: 'pinterest', httpStatus: status, ...expected });
			expect((error as IDataObject).message).toContain(message);
		},
	);

	it.each([
		[
			'a picture that Pinterest cannot fetch at once',
			400,
			{ code: 1, message: 'Unable to reach the URL.' },
		],
		['a board that is busy', 409, { code: 409, message: 'Board section conflict.' }],
	])('is asked for again after %s', async (_what, status, body) => {
		const talk = conversation(HOST, [me, ['POST', '/v5/pins', status, body], made()]);
		expect(await resultOf(node(), [await item()])).toMatchObject({ status: 'published', id: '9' });
		talk.done();
	});

	it('with 401 and code 2 is taken for a dead token, and the connection cannot be renewed', async () => {
		const dead = { code: 2, message: 'Authentication failed.' };
		const talk = conversation(HOST, [
			me,
			['POST', '/v5/pins', 401, dead],
			['POST', '/v5/oauth/token', 401, dead],
		]);
		const { error } = await resultOf(node(), [await item()]);
		expect(error).toMatchObject({ code: 'platform_auth_failed', retryable: false });
		talk.done();
	});

	it.each([
		[500, 500, 'Could not create a new Pin.'],
		[503, 503, 'Service unavailable.'],
		// These texts mean a refusal, but only with another status.
		[500, 30, 'Blocked as spam.'],
	])('%i with code %s, "%s", proves nothing', async (status, code, message) => {
		const look = ['GET', `/v5/boards/${BOARD}/pins`, 200, { items: [], bookmark: null }] as const;
		const talk = conversation(HOST, [
			me,
			['POST', '/v5/pins', status, { code, message }],
			...[look, look, look, look],
		]);
		const { error } = await resultOf(node(), [await item()]);
		expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
		expect((error as IDataObject).message).toContain('nothing was published');
		talk.done();
		const refused = ['GET', `/v5/boards/${BOARD}/pins`, 404, { code: 404, message: '' }] as const;
		conversation(HOST, [me, ['POST', '/v5/pins', status, { code, message }], refused]);
		const { error: unknown } = await resultOf(node(), [await item()]);
		expect(unknown).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

	it.each<[number, unknown]>([
		[409, '<html>'],
		[413, ''],
		[403, { message: 'Forbidden' }],
		[429, { status: 429, error: 'Too Many Requests' }],
		[403, { code: 'Forbidden', message: 'This looks like spam' }],
	])('%i %j is not Pinterest’s', (status, body) => {
		expect(explain({ status, headers: {}, body })).toBeUndefined();
	});

	it('that names the detail apart is read whole', () => {
		const body = { code: 30, message: 'Blocked.', message_detail: 'This looks like spam' };
		expect(explain({ status: 429, headers: {}, body })).toMatchObject({
			rule: 'pinterest.spam',
			message: 'Blocked. This looks like spam (code 30)',
		});
	});

	it('waits as long as the headers say', async () => {
		const limited = [
			'POST',
			'/v5/pins',
			429,
			{ code: 8, message: 'Rate limit' },
			{ 'x-ratelimit-reset': '90' },
		] as const;
		const talk = conversation(HOST, [me, limited]);
		const { error } = await resultOf(node(), [await item()]);
		const { retryAt } = error as { retryAt: string };
		expect(Date.parse(retryAt) - Date.now()).toBeGreaterThan(80_000);
		talk.done();
	});
});

it('tells apart who is refused: a missing scope keeps the token, a dead one is renewed', async () => {
	const few = ['GET', '/v5/user_account', 401, { code: 3, message: FEW }] as const;
	const talk = conversation(HOST, [few]);
	expect(await resultOf(node(), [await item()])).toMatchObject({
		error: { code: 'permission_missing' },
	});
	talk.done();
	const dead = { code: 2, message: 'Authentication failed.' };
	const again = conversation(HOST, [
		['GET', '/v5/user_account', 401, dead],
		['POST', '/v5/oauth/token', 401, dead],
	]);
	expect(await resultOf(node(), [await item()])).toMatchObject({
		error: {
			code: 'platform_auth_failed',
			remediation: 'Reconnect the credential "My crosspostPinterestOAuth2Api" and run again.',
		},
	});
	again.done();
});
