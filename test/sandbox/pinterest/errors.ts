import { bearerAuth } from '../kit/consent';
import { refuse, type Call, type Reply } from '../kit/types';
import type { Server } from './model';

/** The envelope of all errors. */
export function problem(status: number, code: number, message: string): Reply {
	return { status, json: { code, message } };
}

export const AUTHENTICATION = problem(401, 2, 'Authentication failed.');
export const NOT_PERMITTED = problem(403, 29, 'You are not permitted to access that resource.');
export const TRIAL = problem(
	403,
	29,
	'Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com instead.',
);
export const SCOPES = problem(
	401,
	3,
	'Your token does not have sufficient permissions to perform this operation. Please ensure your token is authorized with the correct set of scopes.',
);
export const RATE_LIMIT = problem(
	429,
	8,
	'This request exceeded a rate limit. This can happen if the client exceeds one\nof the published rate limits or if multiple write operations are applied to\nan object within a short time window.',
);
export const UNREACHABLE = problem(
	400,
	1,
	'Unable to reach the URL. Please check it and try again.',
);
export const NO_BOARD = problem(404, 40, 'Board not found.');
export const NO_PIN = problem(404, 50, 'Pin not found.');
export const NO_SECTION = problem(404, 2031, "Sorry! We couldn't find this board section.");

export function invalid(message: string): never {
	return refuse(problem(400, 1, `Invalid request: ${message}`));
}

/** The account of the call; tokens are valid only in their own environment. */
export function user({ tokens, environment }: Server, call: Call, scopes: string[]): string {
	const token = tokens.find(bearerAuth(call.headers.authorization));
	if (!token || token.kind !== environment || tokens.health(token) !== 'live')
		return refuse(AUTHENTICATION);
	if (!scopes.every((scope) => token.scopes.includes(scope))) return refuse(SCOPES);
	call.token = token;
	return token.account;
}

export function may({ token }: Call, scope: string): boolean {
	return token?.scopes.includes(scope) ?? false;
}

export function jsonBody({ body }: Call): Record<string, unknown> {
	if (body.kind !== 'json') return invalid('the body must be application/json');
	const { value } = body;
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: invalid(`${JSON.stringify(value)} is not of type 'object'`);
}
