import { DateTime } from 'luxon';
import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';
import type { Http, NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import { hiding, refuse, rethrow, toFailure } from '../errors/failure';
import { objectIn } from '../errors/objectIn';
import { SECOND } from '../units';
import { without } from '../without';
import { endsWithin } from './token';
import { granted, PASSING, refusalIn } from './tokenAnswer';

/** One token policy at work: before the first request, and after a refused token. */
export interface Renewal {
	/**
	 * Whether the token must be made or renewed first. `own`: the pack made it from this credential.
	 */
	isDue(stored: TokenData | undefined, own: boolean): boolean;
	ensureUsable(stored: TokenData | undefined, own: boolean): Promise<TokenData | undefined>;
	renew(token: TokenData): Promise<TokenData | undefined>;
	/** The pack makes the token, so n8n has not stored it. */
	readonly own: boolean;
}

export interface RenewalSettings {
	fn: NodeContext;
	platform: Platform;
	authMethod: AuthMethod;
	credential: IDataObject;
	http: Http;
	warnings: string[];
	/** Secrets to hide if something fails here. */
	secrets: () => string[];
	/** Restores the token if n8n stored an answer that is not a token. */
	putBack(token: TokenData): Promise<void>;
}

/** The renewal for the auth method's token policy. */
export function renewalOf(settings: RenewalSettings): Renewal {
	const { authMethod, credential, http, platform, secrets } = settings;
	const policy = authMethod.token;
	if (policy.kind === 'permanent') {
		const nothing = async () => undefined;
		return { own: false, isDue: () => false, ensureUsable: nothing, renew: nothing };
	}
	if (policy.kind === 'refreshed') return standardRenewal(settings, policy.renewAheadMs);

	const renew = async (token: TokenData) =>
		await hiding(platform, secrets, async () => await policy.renew?.(http, credential, token));
	const open = async () =>
		await hiding(platform, secrets, async () => await policy.obtain(http, credential));
	return {
		own: true,
		renew,
		isDue: (stored, own) => !stored || !own || policy.needsRenewal(stored, Date.now()),
		ensureUsable: async (stored, own) => {
			const token = stored && own ? stored : await open();
			const unchanged = own ? undefined : token;
			if (!token || !policy.needsRenewal(token, Date.now())) return unchanged;
			// The account may have been connected long ago, so the token may have expired.
			return (
				(await tolerateWhileAlive(settings, token, async () => await renew(token))) ?? unchanged
			);
		},
	};
}

/** A failed renewal is only a warning while the token lives or its end is unknown. */
async function tolerateWhileAlive<T>(
	{ platform, warnings }: RenewalSettings,
	token: TokenData,
	renew: () => Promise<T>,
): Promise<T | undefined> {
	try {
		return await renew();
	} catch (error) {
		const end = DateTime.fromMillis(Number(token.n8n_expires_at)).toUTC();
		if (end.toMillis() <= Date.now()) return rethrow(error);
		const { message } = toFailure(error, platform.id);
		const ends = end.isValid ? ` ends at ${end.toISO()} and` : '';
		warnings.push(`The access token${ends} could not be renewed yet: ${message}`);
		return undefined;
	}
}

/**
 * The context for n8n's refresh. Under its lease, n8n renews only if the token in the context is
 * still the stored one. Reading the credential again could return a token that another process has
 * just got.
 */
function holding(
	{ fn, credential }: RenewalSettings,
	oauthTokenData: TokenData,
): IAllExecuteFunctions {
	const getCredentials = async () => ({ ...credential, oauthTokenData });
	return Object.create(fn, { getCredentials: { value: getCredentials } }) as IAllExecuteFunctions;
}

function standardRenewal(settings: RenewalSettings, before: number): Renewal {
	const { platform, secrets } = settings;
	const renew = async (token: TokenData) =>
		token.refresh_token
			? await hiding(platform, secrets, async () => await refreshed(token))
			: undefined;
	const refreshed = async (token: TokenData) => {
		try {
			return await renewedBy(settings, token);
		} catch (error) {
			return refuseRenewal(platform, error);
		}
	};
	return {
		own: false,
		renew,
		isDue: (stored) => stored !== undefined && endsWithin(stored, before, Date.now()),
		ensureUsable: async (stored) =>
			stored && (await tolerateWhileAlive(settings, stored, async () => await renew(stored))),
	};
}

/**
 * n8n merges the answer into the token it was given, then stores and returns the result. The answer
 * itself is therefore what changed or was left out before.
 */
async function renewedBy(settings: RenewalSettings, token: TokenData): Promise<TokenData> {
	const { fn, authMethod, platform, putBack, secrets } = settings;
	const bare = without(token, 'token_type', 'expires_in', 'scope') as TokenData;
	const given = (await fn.helpers.refreshOAuth2Token.call(
		holding(settings, bare),
		authMethod.type,
	)) as TokenData;
	try {
		const renewed = granted(platform, isAnswered(bare, given) ? given : {}, secrets());
		// Some vendors answer with an empty refresh token; the old one stays valid.
		const refresh_token = renewed.refresh_token || token.refresh_token;
		return { ...token, ...renewed, ...lifeAsBefore(token, renewed), refresh_token };
	} catch (error) {
		await putBack(token);
		return rethrow(error);
	}
}

function isAnswered(before: TokenData, after: TokenData): boolean {
	const { token_type, expires_in, scope, access_token, refresh_token } = after;
	const isNew = access_token !== before.access_token || refresh_token !== before.refresh_token;
	const isSaid = (token_type ?? expires_in ?? scope) !== undefined;
	return isNew || isSaid || refusalIn(after) !== undefined;
}

/** If the answer has no lifetime, the new token lives as long as the old one. */
function lifeAsBefore({ expires_in }: TokenData, renewed: TokenData) {
	const life = renewed.expires_in === undefined ? Number(expires_in) * SECOND : NaN;
	return life > 0 ? { n8n_expires_at: String(Date.now() + life) } : {};
}

/** The error of n8n's OAuth2 client when a renewal fails. */
interface RenewalError {
	name?: string;
	/** `EAUTH`: an OAuth2 error response. `ESTATUS`: another refusal. Else a network error code. */
	code?: string;
	status?: number;
	body?: { error?: string } | string;
}

/**
 * Throws the failure of a refused renewal: a dead grant, unless the endpoint is down or
 * unreachable.
 */
function refuseRenewal(platform: Platform, error: unknown): never {
	const { name, code, status, body } = error as RenewalError;
	// n8n's own error, thrown instead if the answer is `invalid_grant`.
	const reconnect = code === undefined && name === 'NodeOperationError';
	if (code === undefined && !reconnect) return rethrow(error);
	const reason = objectIn(body).error || status || code;
	const said = reason ? ` (${reason})` : '';
	const refused =
		code === 'EAUTH'
			? !PASSING.test(String(reason))
			: code === 'ESTATUS' && (status === 400 || status === 401);
	if (!reconnect && !refused) {
		return refuse({
			code: 'platform_unavailable',
			platform: platform.id,
			message: `${platform.name} gave no answer to renewing the access token${said}.`,
		});
	}
	return refuse({
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `${platform.name} refused to renew the access token${said}.`,
	});
}
