import nock from 'nock';

import { explain } from '@/nodes/TikTok/errors';
import { conversation, type Line } from '@/test/support/conversation';
import { jpeg } from '@/test/support/mediaFixtures';
import {
	complete,
	CONTENT,
	CREATOR,
	creator,
	fromUrls,
	good,
	HOST,
	outcome,
	refusal,
	SECRET,
	status,
	tikTokNode,
} from './setup';

const FILE = 'https://files.example.org/a.jpg';
const taken: Line = ['POST', CONTENT, 200, good({ publish_id: 'p1' })];

/** Does not wait for rate limits; another test covers that. */
const posting = (options: object = {}) => {
	nock('https://files.example.org').get('/a.jpg').reply(200, jpeg(540, 960));
	return tikTokNode({
		text: 'Hello',
		media: fromUrls(FILE),
		options: { privacy: 'PUBLIC_TO_EVERYONE', rateLimitWait: 0, ...options },
	});
};
const failing = async (lines: readonly Line[], options?: object) => {
	const talk = conversation(HOST, lines);
	const [json] = await outcome(posting(options));
	talk.done();
	return json.error;
};

describe('what TikTok says', () => {
	it.each([
		['invalid_param', 400, 'platform_rejected', false],
		['invalid_params', 400, 'platform_rejected', false],
		['invalid_file_upload', 400, 'media_rejected', false],
		['invalid_publish_id', 400, 'not_found', false],
		['token_not_authorized_for_specified_publish_id', 400, 'not_found', false],
		['app_version_check_failed', 400, 'platform_rejected', false],
		['scope_permission_missed', 400, 'permission_missing', false],
		['scope_not_authorized', 401, 'permission_missing', false],
		['unaudited_client_can_only_post_to_private_accounts', 403, 'permission_missing', false],
		['privacy_level_option_mismatch', 403, 'platform_rejected', false],
		['url_ownership_unverified', 403, 'media_rejected', false],
		['spam_risk_too_many_posts', 403, 'quota_exceeded', false],
		['spam_risk_too_many_pending_share', 403, 'quota_exceeded', false],
		['reached_active_user_cap', 403, 'quota_exceeded', false],
		['spam_risk_user_banned_from_posting', 403, 'platform_rejected', false],
		['spam_risk', 403, 'platform_rejected', false],
		['spam_risk_text', 403, 'platform_rejected', false],
		['rate_limit_exceeded', 429, 'rate_limited', true],
		['spam_risk_too_many_posts', 200, 'quota_exceeded', false],
		['something_new', 200, 'platform_rejected', false],
		['something_new', 400, 'platform_rejected', false],
		['something_new', 403, 'permission_missing', false],
	])('%s with HTTP %i means %s', async (code, httpStatus, meant, retryable) => {
		const lines: Line[] = [creator(), ['POST', CONTENT, httpStatus, refusal(code)]];
		expect(await failing(lines)).toMatchObject({
			code: meant,
			retryable,
			rule: `tikTok.${code}`,
			message: `TikTok: Said so (${code}, log L1)`,
			httpStatus,
		});
	});

	it.each([
		['internal_error', 500],
		['internal_error', 200],
	])('%s with HTTP %i proves nothing', async (code, httpStatus) => {
		const lines: Line[] = [creator(), ['POST', CONTENT, httpStatus, refusal(code)]];
		expect(await failing(lines)).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

	it('access_token_invalid renews the token, and ends where that is refused', async () => {
		const refused = { error: 'invalid_grant', error_description: 'Gone', log_id: 'L2' };
		const error = await failing([
			creator(),
			['POST', CONTENT, 401, refusal('access_token_invalid')],
			['POST', '/v2/oauth/token/', 400, refused],
		]);
		expect(error).toMatchObject({
			code: 'platform_auth_failed',
			remediation: 'Reconnect the credential "My crosspostTikTokOAuth2Api" and run again.',
		});
	});

	it.each([
		['invalid_grant', 400, 'platform_auth_failed'],
		['invalid_request', 200, 'platform_auth_failed'],
		['invalid_client', 401, 'platform_auth_failed'],
		['unauthorized_client', 400, 'platform_auth_failed'],
		['invalid_scope', 400, 'platform_auth_failed'],
		['access_denied', 400, 'platform_auth_failed'],
		['unsupported_grant_type', 400, 'platform_auth_failed'],
		['unsupported_response_type', 400, 'platform_auth_failed'],
		['server_error', 500, 'platform_unavailable'],
		['temporarily_unavailable', 200, 'platform_unavailable'],
	])('%s of the token endpoint with HTTP %i means %s', (error, httpStatus, code) => {
		const body = { error, error_description: 'Said so', log_id: 'L1' };
		expect(explain({ status: httpStatus, headers: {}, body })).toEqual({
			code,
			rule: `tikTok.${error}`,
			message: `Said so (${error}, log L1)`,
		});
	});

	it.each([
		['file_format_check_failed', 'media_rejected', false],
		['duration_check_failed', 'media_rejected', false],
		['frame_rate_check_failed', 'media_rejected', false],
		['picture_size_check_failed', 'media_rejected', false],
		['video_pull_failed', 'media_rejected', false],
		['photo_pull_failed', 'media_rejected', false],
		['internal', 'platform_unavailable', true],
		['publish_cancelled', 'platform_rejected', false],
		['auth_removed', 'platform_auth_failed', false],
		['spam_risk_too_many_posts', 'quota_exceeded', false],
		['spam_risk_user_banned_from_posting', 'platform_rejected', false],
		['spam_risk_text', 'platform_rejected', false],
		['spam_risk', 'platform_rejected', false],
		['something_new', 'platform_rejected', false],
	])('a post that failed with %s means %s', async (fail_reason, code, retryable) => {
		// The node asks until the end is known, then once more in case the post still appears.
		const failed = Array<Line>(2).fill(status({ status: 'FAILED', fail_reason }));
		expect(await failing([creator(), taken, ...failed])).toMatchObject({
			code,
			retryable,
			rule: `tikTok.status.${fail_reason}`,
			message: `TikTok did not publish the post: ${fail_reason}`,
			...(code === 'platform_auth_failed' && {
				remediation: 'Reconnect the credential "My crosspostTikTokOAuth2Api" and run again.',
			}),
		});
	});

	it.each<[number, unknown]>([
		[409, '<html>'],
		[403, ''],
		[403, { message: 'Forbidden' }],
		[504, { status: 504, error: 'Gateway Timeout' }],
		[400, { error: 'invalid range' }],
		[403, { error: { code: 403, message: 'Forbidden' } }],
	])('is not what something else says: %i %j', (httpStatus, body) => {
		expect(explain({ status: httpStatus, headers: {}, body })).toBeUndefined();
	});

	it('is helped by what to do', async () => {
		const advice = async (code: string, httpStatus: number) => {
			const error = await failing([creator(), ['POST', CONTENT, httpStatus, refusal(code)]]);
			return (error as { remediation: string }).remediation;
		};
		expect(await advice('unaudited_client_can_only_post_to_private_accounts', 403)).toContain(
			'set the account itself to private',
		);
		expect(await advice('url_ownership_unverified', 403)).toContain('URL Properties');
		expect(await advice('scope_not_authorized', 401)).toContain('video.publish');
	});

	it('does not tell secrets that it echoes', async () => {
		const message = `Cannot parse act.token-1, rft.token-1, ${SECRET}, https://n8n.example.com/rest/binary-data/signed?token=ey.J_1`;
		const error = await failing([
			creator(),
			['POST', CONTENT, 400, refusal('invalid_params', message)],
		]);
		expect(JSON.stringify(error)).not.toMatch(/act\.token-1|rft\.token-1|app-secret-1234|ey\.J_1/);
	});
});

describe('a rate limit', () => {
	const limited: Line = ['POST', CONTENT, 429, refusal('rate_limit_exceeded')];

	it('is waited for the minute that it lasts', async () => {
		const talk = conversation(HOST, [
			creator(),
			limited,
			taken,
			complete,
			...Array<Line>(6).fill(complete),
		]);
		expect(await outcome(posting({ rateLimitWait: 60 }))).toMatchObject([
			{ id: 'p1', status: 'published' },
		]);
		expect(talk.requests.filter(({ path }) => path === CONTENT)).toHaveLength(2);
	});

	it('that may not be waited for tells when to try again', async () => {
		const before = Date.now();
		const error = (await failing([creator(), limited])) as { retryAt: string };
		expect(Date.parse(error.retryAt) - before).toBeGreaterThanOrEqual(60_000);
	});
});

describe('what the creator may do', () => {
	it('is asked again where the preflight had no answer, and then holds', async () => {
		const talk = conversation(HOST, [
			['POST', CREATOR, 400, refusal('invalid_params')],
			creator({ privacy_level_options: ['SELF_ONLY'] }),
		]);
		const [{ error }] = await outcome(posting());
		expect(error).toMatchObject({
			code: 'validation_failed',
			rule: 'tikTok.privacy.choice',
			problems: [{ actual: 'PUBLIC_TO_EVERYONE', limit: 'SELF_ONLY' }],
		});
		talk.done();
	});

	it('keeps a post back that TikTok would not take today', async () => {
		const blocked: Line = ['POST', CREATOR, 200, refusal('spam_risk_too_many_posts')];
		const error = await failing([blocked, blocked]);
		expect(error).toMatchObject({ code: 'quota_exceeded', httpStatus: 200 });
	});
});
