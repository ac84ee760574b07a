import type { IDataObject } from 'n8n-workflow';

import { pastedToken } from '../shared/connection/staticToken';
import { tokenIn } from '../shared/connection/storedToken';
import { granted } from '../shared/connection/tokenAnswer';
import type { Inspected, TokenData, TokenPolicy } from '../shared/contract/authMethod';
import type { Call, Http, Reply } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { refuse } from '../shared/errors/failure';
import { ask } from '../shared/http/ask';
import { bearer } from '../shared/http/bearer';
import { appSecret } from './app';
import { debugged, endOf, lifeOf } from './introspection';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A token is renewed when less than this is left of it. */
const BEFORE = 10 * DAY;

/**
 * Tokens of Meta's kind: connecting gives one for an hour, which is exchanged for one of 60 days,
 * which is traded in for a new one while it lives:
 * https://developers.facebook.com/docs/threads/get-started/long-lived-tokens
 */
export interface LongLivedLogin {
	/** Asked for late, since it refers to this. */
	platform(): Platform;
	/** Before `_exchange_token` and `_refresh_token`. */
	grant: string;
	/** Path of the vendor's introspection under `apiBaseUrl`, where it has one. */
	debug?: string;
}

/** The requests that one of Meta's logins takes for that. */
export interface TokenRequests {
	platform(): Platform;
	/** A short token for a long one. */
	exchange(credential: IDataObject, token: string): Call;
	/** A living long token for a new one. */
	renew(credential: IDataObject, token: string): Call;
	/** Whether the credential has what that takes; absent where it always does. */
	renewable?(credential: IDataObject): boolean;
	/** Introspection; undefined where the credential lacks what it takes. */
	debug?(credential: IDataObject, token: string): Call | undefined;
}

/** Policies for a connected account and for a token that was pasted as `accessToken`. */
export function longLivedTokens({ platform, grant, debug }: LongLivedLogin) {
	return longLivedTokensBy({
		platform,
		exchange: (credential, access_token) => ({
			url: `${baseOf(credential)}/access_token`,
			query: {
				grant_type: `${grant}_exchange_token`,
				client_secret: appSecret(platform().id, credential),
				access_token,
			},
		}),
		renew: (credential, access_token) => ({
			url: `${baseOf(credential)}/refresh_access_token`,
			query: { grant_type: `${grant}_refresh_token`, access_token },
		}),
		...(debug && {
			debug: (credential, input_token) => ({
				url: `${baseOf(credential)}${debug}`,
				query: { input_token },
				headers: bearer(input_token),
			}),
		}),
	});
}

/** The same for a login with other requests. */
export function longLivedTokensBy(vendor: TokenRequests) {
	const renew = async (http: Http, credential: IDataObject, token: TokenData) =>
		await renewed(vendor, http, credential, token);
	const upkeep = {
		kind: 'custom' as const,
		renew,
		needsRenewal: due,
		renewAheadMs: BEFORE,
		...(vendor.renewable && { canRenew: vendor.renewable }),
	};
	const connected: TokenPolicy = {
		...upkeep,
		obtain: async (http, credential) => await exchanged(vendor, http, credential),
	};
	const pasted: TokenPolicy = {
		...upkeep,
		fingerprint: ({ accessToken }) => String(accessToken),
		obtain: async (http, credential) => await opened(vendor, http, credential),
	};
	const inspect = async (http: Http, credential: IDataObject, token: TokenData) =>
		await debugged(http, vendor.debug?.(credential, token.access_token));
	return { connected, pasted, ...(vendor.debug && { inspect }) };
}

/** Younger than a day it cannot be renewed; one of unknown age is tried after a day. */
export function due({ n8n_expires_at, expires_in, seen_at }: TokenData, now: number): boolean {
	if (n8n_expires_at === undefined) return now - Number(seen_at) > DAY;
	const left = Number(n8n_expires_at) - now;
	const age = Number(expires_in) * 1000 - left;
	return left < BEFORE && age > DAY;
}

async function exchanged(vendor: TokenRequests, http: Http, credential: IDataObject) {
	const { access_token: short, permissions } = tokenIn(credential) ?? ({} as Partial<TokenData>);
	if (!short) return undefined;
	const scope = scopeOf(permissions);
	return { ...scope, ...(await exchange(vendor, http, credential, short)) };
}

/** A console gives out tokens of 60 days; what lives for an hour only is exchanged. */
async function opened(vendor: TokenRequests, http: Http, credential: IDataObject) {
	const access_token = pastedToken(vendor.platform().id, credential);
	const known = await debugged(http, vendor.debug?.(credential, access_token));
	if (known?.active === false) return refuseDead(vendor, known);
	const left = Number(known?.expiresAt) - Date.now();
	if (left < 2 * HOUR && credential.clientSecret) {
		return await exchange(vendor, http, credential, access_token);
	}
	return { access_token, ...lifeOf(known) };
}

async function exchange(vendor: TokenRequests, http: Http, credential: IDataObject, short: string) {
	const call = vendor.exchange(credential, short);
	const reply = await http(call);
	if (refused(reply)) {
		const known = await debugged(http, vendor.debug?.(credential, short));
		// A token that lasts may be in the credential already; only a short one can be exchanged.
		if (known?.active && !(Number(known.expiresAt) - Date.now() < 2 * HOUR)) {
			return { access_token: short, ...lifeOf(known) };
		}
	}
	const token = await tokenOf(vendor, async () => reply, call, secretsOf(credential, short));
	const known = await debugged(http, vendor.debug?.(credential, token.access_token));
	const scope = known?.scopes && { scope: known.scopes.join(',') };
	return { ...token, ...endOf(token, known), ...scope };
}

async function renewed(
	vendor: TokenRequests,
	http: Http,
	credential: IDataObject,
	token: TokenData,
) {
	const { access_token } = token;
	const call = vendor.renew(credential, access_token);
	const fresh = await tokenOf(vendor, http, call, secretsOf(credential, access_token));
	const known = fresh.expires_in
		? undefined
		: await debugged(http, vendor.debug?.(credential, fresh.access_token));
	return { ...token, ...fresh, ...endOf(fresh, known) };
}

function refused({ status, body }: Reply) {
	return (
		(status >= 400 && status < 500) || (status === 200 && !(body as IDataObject)?.access_token)
	);
}

function refuseDead({ platform }: TokenRequests, { reason }: Inspected): never {
	const { id, name } = platform();
	return refuse({
		code: 'platform_auth_failed',
		platform: id,
		message: `${name}: ${reason ?? 'the access token is not valid any more'}`,
	});
}

async function tokenOf(
	vendor: TokenRequests,
	http: Http,
	call: Call,
	secrets: string[],
): Promise<TokenData> {
	const platform = vendor.platform();
	const answer = await ask(strict(platform), http, call, secrets);
	const { access_token, expires_in, permissions } = granted(platform, answer, secrets);
	return { access_token, ...(expires_in && { expires_in }), ...scopeOf(permissions) };
}

/** Some answers name what was granted, as a list or separated by commas. */
function scopeOf(permissions: unknown): { scope?: string } {
	const scope = Array.isArray(permissions) ? permissions.join(',') : permissions;
	return typeof scope === 'string' && scope ? { scope } : {};
}

/** What is refused here is the token or the app's secret, whatever code that comes with. */
function strict(platform: Platform): Platform {
	return {
		...platform,
		explain: (reply) => {
			const told = platform.explain?.(reply);
			const { error } = (reply.body ?? {}) as { error?: { is_transient?: boolean } };
			const passing = reply.status >= 500 || error?.is_transient || told?.code === 'rate_limited';
			return told && !passing ? { ...told, code: 'platform_auth_failed' } : told;
		},
	};
}

function baseOf({ apiBaseUrl }: IDataObject) {
	return String(apiBaseUrl).replace(/\/+$/, '');
}

function secretsOf({ clientSecret }: IDataObject, token: string) {
	return [String(clientSecret ?? ''), token];
}
