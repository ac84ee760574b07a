import { randomBytes } from 'node:crypto';
import { bearerAuth } from '../kit/consent';
import type { Token } from '../kit/tokens';
import { refuse, type Call, type Reply } from '../kit/types';
import type { Server } from './model';

export type Fields = Record<string, unknown>;

/** https://developers.tiktok.com/doc/tiktok-api-v2-error-handling and the pages of the endpoints */
const STATUS: Record<string, number> = {
	invalid_param: 400,
	invalid_params: 400,
	scope_permission_missed: 400,
	invalid_file_upload: 400,
	invalid_publish_id: 400,
	token_not_authorized_for_specified_publish_id: 400,
	app_version_check_failed: 400,
	access_token_invalid: 401,
	scope_not_authorized: 401,
	unaudited_client_can_only_post_to_private_accounts: 403,
	privacy_level_option_mismatch: 403,
	url_ownership_unverified: 403,
	spam_risk_too_many_posts: 403,
	spam_risk_too_many_pending_share: 403,
	spam_risk_user_banned_from_posting: 403,
	reached_active_user_cap: 403,
	rate_limit_exceeded: 429,
	internal_error: 500,
};

const SAID: Record<string, string> = {
	scope_permission_missed: 'The user did not grant the scope that a field needs.',
	invalid_publish_id: 'The publish_id does not exist.',
	token_not_authorized_for_specified_publish_id: 'The publish_id is of another user.',
	access_token_invalid: 'The access token is invalid or not found in the request.',
	scope_not_authorized:
		'The user did not authorize the scope required for completing this request.',
	unaudited_client_can_only_post_to_private_accounts:
		'Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/',
	privacy_level_option_mismatch: 'Please check the privacy_level of the post.',
	url_ownership_unverified:
		'Please review our URL ownership verification rules at https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide#pull_from_url',
	rate_limit_exceeded: 'The API rate limit was exceeded. Please try again later.',
	internal_error: 'Something is wrong. Please try again later.',
};

export const CODES = Object.keys(STATUS);

const logId = () => `2026${randomBytes(13).toString('hex').toUpperCase()}`;

export function good(data: Fields): Reply {
	return { status: 200, json: { data, error: { code: 'ok', message: '', log_id: logId() } } };
}

/** creator_info returns some codes with HTTP 200. */
export function failed(code: string, message = SAID[code] ?? code, status = STATUS[code]): Reply {
	return {
		status: status ?? 400,
		json: { data: {}, error: { code, message, log_id: logId() } },
	};
}

export function wrong(message: string): never {
	return refuse(failed('invalid_params', message));
}

/** The answers of token endpoints have no envelope. */
export function oauthError(error: string, error_description: string, status = 400): Reply {
	return { status, json: { error, error_description, log_id: logId() } };
}

/** Writes whole numbers with more digits than JavaScript keeps without quotes, as TikTok does. */
export function withLongNumbers({ json, ...reply }: Reply): Reply {
	return {
		...reply,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		html: JSON.stringify(json).replace(/"int64:(\d+)"/g, '$1'),
	};
}

export function authorized({ tokens }: Server, call: Call): Token {
	const token = tokens.find(bearerAuth(call.headers.authorization));
	if (!token || tokens.health(token) !== 'live') return refuse(failed('access_token_invalid'));
	call.token = token;
	return token;
}

/** The account of the call; one of the scopes must be granted. */
export function user(server: Server, call: Call, ...scopes: string[]): string {
	const { account, scopes: granted } = authorized(server, call);
	return scopes.some((scope) => granted.includes(scope))
		? account
		: refuse(failed('scope_not_authorized'));
}

/** Accepts only JSON. */
export function jsonBody({ body }: Call): Fields {
	if (body.kind === 'none') return {};
	if (body.kind === 'json' && typeof body.value === 'object' && body.value !== null)
		return body.value as Fields;
	return wrong('The request body must be JSON with Content-Type application/json.');
}

export function object(value: unknown, name: string): Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Fields)
		: wrong(`${name} is required`);
}
