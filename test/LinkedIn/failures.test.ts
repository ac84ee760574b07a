import type { IDataObject } from 'n8n-workflow';

import { explain } from '@/nodes/LinkedIn/errors';
import { type Line } from '@/test/support/conversation';
import { linkedInNode, outcome, SHARE } from './setup';
import { asMember, published } from './talk';

const told = (status: number, code: string, more: object = {}) => ({
	status,
	code,
	message: 'Said so',
	...more,
});

const failing = async (status: number, body: unknown, times = 1) => {
	const line: Line = ['POST', '/rest/posts', status, body];
	const talk = asMember(...Array<Line>(times).fill(line));
	const [{ error }] = await outcome(linkedInNode({ text: 'Hello', options: { rateLimitWait: 0 } }));
	talk.done();
	return error;
};

describe('what LinkedIn says', () => {
	it.each([
		[400, 'MISSING_FIELD', 'platform_rejected', false],
		[400, 'INVALID_VALUE_FOR_FIELD', 'platform_rejected', false],
		[400, 'FIELD_LENGTH_TOO_LONG', 'platform_rejected', false],
		[400, 'INVALID_VALUE_BLANK_FIELD', 'platform_rejected', false],
		[400, 'INVALID_URN_TYPE', 'platform_rejected', false],
		[400, 'INVALID_URN_ID', 'platform_rejected', false],
		[400, 'INVALID_IMAGE_ID', 'media_rejected', false],
		[400, 'INVALID_VIDEO_ID', 'media_rejected', false],
		[400, 'MEDIA_ASSET_PROCESSING_FAILED', 'media_rejected', false],
		[400, 'EXPIRED_UPLOAD_URL', 'media_rejected', false],
		[400, 'UPDATING_ASSET_FAILED', 'media_rejected', false],
		[401, 'INVALID_ACCESS_TOKEN', 'platform_auth_failed', false],
		[401, 'REVOKED_ACCESS_TOKEN', 'platform_auth_failed', false],
		[401, 'EXPIRED_ACCESS_TOKEN', 'platform_auth_failed', false],
		[401, 'EMPTY_ACCESS_TOKEN', 'platform_auth_failed', false],
		[403, 'ACCESS_DENIED', 'permission_missing', false],
		[404, 'NOT_FOUND', 'not_found', false],
		[411, 'LENGTH_REQUIRED', 'platform_rejected', false],
		[413, 'PAYLOAD_TOO_LARGE', 'media_rejected', false],
		[415, 'UNSUPPORTED_MEDIA_TYPE', 'media_rejected', false],
		[422, 'UNPROCESSABLE_ENTITY', 'platform_rejected', false],
		[429, 'TOO_MANY_REQUESTS', 'rate_limited', true],
		[500, 'INTERNAL_SERVER_ERROR', 'outcome_unknown', false],
		[503, 'SERVICE_UNAVAILABLE', 'outcome_unknown', false],
		[504, 'GATEWAY_TIMEOUT', 'outcome_unknown', false],
	])('HTTP %i %s to the post means %s', async (status, code, meant, retryable) => {
		expect(await failing(status, told(status, code))).toMatchObject({
			code: meant,
			retryable,
			httpStatus: status,
			...(status < 500 && { rule: `linkedIn.${code}`, message: `LinkedIn: Said so (${code})` }),
		});
	});

	it.each([
		[400, 'VERSION_MISSING'],
		[426, 'NONEXISTENT_VERSION'],
	])('HTTP %i %s names the field to change', async (status, code) => {
		const error = (await failing(status, told(status, code))) as IDataObject;
		expect(error).toMatchObject({
			code: 'platform_rejected',
			rule: 'linkedIn.version',
			remediation: expect.stringContaining('the field LinkedIn Version of the credential'),
		});
		// Advice to enter the retired version would not help.
		expect(error.remediation).not.toMatch(/\d{6}/);
	});

	/** LinkedIn's own wording; some answers have no code. */
	const denials: Array<[string, number, IDataObject, string, string]> = [
		[
			'a resource that is forbidden',
			403,
			{ message: 'Accessing this image resource is forbidden' },
			'permission_missing',
			'LinkedIn: Accessing this image resource is forbidden',
		],
		[
			'a scope that is missing',
			403,
			{ serviceErrorCode: 100, message: 'Not enough permissions to access: posts.CREATE' },
			'permission_missing',
			'LinkedIn: Not enough permissions to access: posts.CREATE (100)',
		],
		[
			'a token that is invalid',
			401,
			{ serviceErrorCode: 65600, message: 'Invalid access token' },
			'platform_auth_failed',
			'LinkedIn: Invalid access token (65600)',
		],
		[
			'a token that has expired',
			401,
			{ serviceErrorCode: 65602, message: 'The token has expired' },
			'platform_auth_failed',
			'LinkedIn: The token has expired (65602)',
		],
	];

	it.each(denials)('names %s', async (_what, status, body, code, message) => {
		expect(await failing(status, { status, ...body })).toMatchObject({
			code,
			message,
			httpStatus: status,
			retryable: false,
		});
	});

	it.each([
		[
			'as it does now',
			422,
			{
				message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${SHARE}`,
				errorDetails: {
					inputErrors: [{ description: 'Duplicate post is detected', code: 'DUPLICATE_POST' }],
				},
				status: 422,
			},
		],
		['in older words', 422, told(422, 'X', { message: `Content is a duplicate of ${SHARE}` })],
		[
			'as a conflict',
			409,
			told(409, 'CONFLICT', { message: `Content is a duplicate of ${SHARE}` }),
		],
	])('a duplicate names the earlier post, %s', async (_when, status, body) => {
		expect(await failing(status, body)).toMatchObject({
			code: 'duplicate',
			rule: 'linkedIn.DUPLICATE_POST',
			existingId: SHARE,
			retryable: false,
		});
	});

	it('a duplicate without the earlier post is one too', async () => {
		const errorDetails = { inputErrors: [{ code: 'DUPLICATE_POST' }] };
		expect(await failing(422, { status: 422, message: 'No', errorDetails })).toMatchObject({
			code: 'duplicate',
		});
	});

	it('a daily limit ends at midnight UTC', async () => {
		const message =
			'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.';
		expect(await failing(429, told(429, 'TOO_MANY_REQUESTS', { message }))).toMatchObject({
			code: 'quota_exceeded',
			rule: 'linkedIn.rate.daily',
			retryAt: expect.stringMatching(/T00:00:00\.000Z$/),
		});
	});

	it.each([
		[409, 'CONFLICT'],
		[400, 'MEDIA_ASSET_WAITING_UPLOAD'],
	])('HTTP %i %s proves that nothing was published, and is tried again', async (status, code) => {
		const talk = asMember(['POST', '/rest/posts', status, told(status, code)], published());
		expect(await outcome(linkedInNode({ text: 'Hello' }))).toMatchObject([{ status: 'published' }]);
		talk.done();
		expect(await failing(status, told(status, code), 5)).toMatchObject({
			code: 'platform_unavailable',
			retryable: true,
		});
	});

	it('names the credential to connect again', async () => {
		expect(
			await failing(401, told(401, 'REVOKED_ACCESS_TOKEN', { serviceErrorCode: 65601 })),
		).toMatchObject({
			message: 'LinkedIn: Said so (65601)',
			remediation: 'Reconnect the credential "My crosspostLinkedInOAuth2Api" and run again.',
		});
	});

	it.each<[string, number, unknown]>([
		['a page', 409, '<html>'],
		['nothing', 400, ''],
		['a message alone', 403, { message: 'Forbidden' }],
		['a status alone', 415, { status: 415, error: 'Unsupported Media Type' }],
		['an error alone', 426, { error: 'Upgrade Required' }],
	])('is not what a proxy says: %s', (_what, status, body) => {
		expect(explain({ status, headers: {}, body })).toBeUndefined();
	});

	it('is read whatever shape its details have', () => {
		const body = { status: 400, message: 'No', errorDetails: { inputErrors: {} } };
		expect(explain({ status: 400, headers: {}, body })).toMatchObject({ message: 'No' });
	});

	it('hides a token that LinkedIn repeats', async () => {
		const error = await failing(400, told(400, 'X', { message: 'Bearer at-1 is bad' }));
		expect(JSON.stringify(error)).not.toContain('at-1');
	});
});
