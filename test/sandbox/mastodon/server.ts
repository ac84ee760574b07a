import { bearerAuth } from '../kit/consent';
import type { Clock } from '../kit/clock';
import { nested, type Fields } from '../kit/body';
import type { Token, TokenStore } from '../kit/tokens';
import { refuse, type Call, type Reply } from '../kit/types';
import type { MastodonState, Settings } from './model';

/** State and settings that all parts of the imitation share. */
export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: MastodonState;
	tokens: TokenStore;
	newId(): string;
}

export function failure(status: number, error: string, headers?: Record<string, string>): Reply {
	return { status, json: { error }, ...(headers && { headers }) };
}

export function refuseWith(status: number, error: string): never {
	return refuse(failure(status, error));
}

export const NOT_FOUND = 'Record not found';

/** Counts ids: long decimal ones, or hex ones as on similar servers. */
export function idSource(hex: boolean): () => string {
	let last = 115_600_000_000_000_000n;
	return () => {
		last += 4_099n;
		return hex ? last.toString(16) : last.toString();
	};
}

/** JSON, form or multipart fields, with Rails' nested names; includes the query. */
export function input(call: Call): Fields {
	const { body } = call;
	const query = nested(call.query);
	if (body.kind === 'json') return { ...query, ...(body.value as Fields) };
	if (body.kind === 'form' || body.kind === 'multipart')
		return { ...query, ...nested(body.fields) };
	return query;
}

const PROFILE_SCOPES = ['profile', 'read', 'read:accounts'];

/**
 * Returns the user of the call, or throws the platform's refusal. The scope `profile` reads the own
 * account.
 */
export function user(server: Server, call: Call, scope: string): string {
	const token = authorized(server, call, scope);
	if (!token.account) return refuseWith(422, 'This method requires an authenticated user');
	return token.account;
}

/** Public endpoints check a token only if one is sent. */
export function viewer(server: Server, call: Call, scope: string): string | undefined {
	if (!call.headers.authorization) return undefined;
	return authorized(server, call, scope).account || undefined;
}

function authorized({ tokens, settings }: Server, call: Call, scope: string): Token {
	const token = tokens.find(bearerAuth(call.headers.authorization));
	if (settings.dialect === 'minimal')
		return token && !token.revoked ? token : refuse({ status: 422 });
	if (!token) return refuseWith(401, 'The access token is invalid');
	const health = tokens.health(token);
	if (health !== 'live') return refuseWith(401, `The access token ${DEAD[health]}`);
	if (!allows(token.scopes, scope))
		return refuseWith(403, 'This action is outside the authorized scopes');
	return token;
}

export const DEAD = { revoked: 'was revoked', expired: 'expired' } as const;

function allows(scopes: string[], wanted: string): boolean {
	if (wanted === 'profile') return PROFILE_SCOPES.some((scope) => scopes.includes(scope));
	return scopes.includes(wanted) || scopes.includes(wanted.split(':')[0]!);
}

export function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}

export function flag(value: unknown): boolean {
	return value === true || ['true', '1', 'on'].includes(text(value));
}

export function list(value: unknown): string[] {
	return Array.isArray(value) ? value.map(text) : [];
}
