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
import { DAY, HOUR, SECOND } from '../shared/units';
import { appSecret } from './app';
import { debugged, endOf, lifeOf } from './introspection';

/** Ms before the end at which a token is renewed. */
const BEFORE = 10 * DAY;

/**
 * Meta's tokens: connecting gives a token for an hour, which is exchanged for one of 60 days. While
 * that lives, it can be renewed:
 * https://developers.facebook.com/docs/threads/get-started/long-lived-tokens
 */
export interface LongLivedLogin {
	/** A function, because the definition refers to this object. */
	platform(): Platform;
	/** Prefix of `_exchange_token` and `_refresh_token`. */
	grant: string;
	/** Path of the introspection under `apiBaseUrl`, if there is one. */
	debug?: string;
}

/** Requests of one of Meta's logins. */
export interface TokenRequests {
	platform(): Platform;
	/** Exchanges a short-lived token for a long-lived one. */
	exchange(credential: IDataObject, token: string): Call;
	/** Renews a living long-lived token. */
	renew(credential: IDataObject, token: string): Call;
	/** Whether the credential can renew; default: true. */
	renewable?(credential: IDataObject): boolean;
	/** Introspection; undefined if the credential lacks the needed fields. */
	debug?(credential: IDataObject, token: string): Call | undefined;
}

/** Policies for a connected account and for a token pasted as `accessToken`. */
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

/** Like `longLivedTokens`, for a login with other requests. */
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

/**
 * Whether to renew now. A token can be renewed after a day; one of unknown end is renewed once it
 * is a day old.
 */
export function due({ n8n_expires_at, expires_in, seen_at }: TokenData, now: number): boolean {
	if (n8n_expires_at === undefined) return now - Number(seen_at) > DAY;
	const left = Number(n8n_expires_at) - now;
	const age = Number(expires_in) * SECOND - left;
	return left < BEFORE && age > DAY;
}

async function exchanged(vendor: TokenRequests, http: Http, credential: IDataObject) {
	const { access_token: short, permissions } = tokenIn(credential) ?? ({} as Partial<TokenData>);
	if (!short) return undefined;
	const scope = scopeOf(permissions);
	return { ...scope, ...(await exchange(vendor, http, credential, short)) };
}

/** A pasted token usually lives 60 days. One with less than two hours left is exchanged. */
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
		// The credential may already hold a long-lived token, which cannot be exchanged.
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

/** Some answers list the granted permissions, as an array or separated by commas. */
function scopeOf(permissions: unknown): { scope?: string } {
	const scope = Array.isArray(permissions) ? permissions.join(',') : permissions;
	return typeof scope === 'string' && scope ? { scope } : {};
}

/**
 * A refusal here always concerns the token or the app's secret, so any code counts as a failed
 * login.
 */
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
