import { DateTime } from 'luxon';
import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';
import type { Http, NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import { hiding, refuse, rethrow, toFailure } from '../errors/failure';
import { without } from '../without';
import { endsWithin } from './token';
import { granted, PASSING, refusalIn } from './tokenAnswer';

/** What one token policy does: before the first request, and when a token is refused. */
export interface Renewal {
	/** Whether there is something to do first; `own`: the pack made the token, from the credential as it is. */
	isDue(stored: TokenData | undefined, own: boolean): boolean;
	ensureUsable(stored: TokenData | undefined, own: boolean): Promise<TokenData | undefined>;
	renew(token: TokenData): Promise<TokenData | undefined>;
	/** Whether what it gives was made by the pack, so that nobody else stores it. */
	readonly own: boolean;
}

export interface RenewalSettings {
	fn: NodeContext;
	platform: Platform;
	authMethod: AuthMethod;
	credential: IDataObject;
	http: Http;
	warnings: string[];
	/** All that may be echoed when something fails here. */
	secrets: () => string[];
	/** Undoes that n8n has stored an answer which is no token. */
	putBack(token: TokenData): Promise<void>;
}

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
			// It may have ended since somebody connected the account.
			return (
				(await tolerateWhileAlive(settings, token, async () => await renew(token))) ?? unchanged
			);
		},
	};
}

/** As long as the token lives, or nobody knows its end, renewing it can fail without harm. */
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
 * The context as n8n's refresh reads it. Under its lease, n8n renews only if the token that the
 * context names is still the stored one: read anew, it could be one that another process has just
 * got.
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
 * n8n lays the answer over the token it was given, stores that and gives it: the answer itself is
 * what has changed, or was left out before.
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
		// Some answer with an empty one, which must not take the place of the one that works.
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

/** An answer may leave out how long the token lives, which then is as long as the one before. */
function lifeAsBefore({ expires_in }: TokenData, renewed: TokenData) {
	const life = renewed.expires_in === undefined ? Number(expires_in) * 1000 : NaN;
	return life > 0 ? { n8n_expires_at: String(Date.now() + life) } : {};
}

/** What n8n's OAuth2 client throws when a renewal fails. */
interface RenewalError {
	name?: string;
	/** `EAUTH`: refused in words of OAuth2; `ESTATUS`: refused otherwise; else the network's. */
	code?: string;
	status?: number;
	body?: { error?: string } | string;
}

/** The platform's token endpoint refused: a dead grant, unless it is down or out of reach. */
function refuseRenewal(platform: Platform, error: unknown): never {
	const { name, code, status, body } = error as RenewalError;
	// n8n's own, which it throws instead where the answer is `invalid_grant`.
	const reconnect = code === undefined && name === 'NodeOperationError';
	if (code === undefined && !reconnect) return rethrow(error);
	const reason = (typeof body === 'object' && body?.error) || status || code;
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
