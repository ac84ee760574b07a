import { createHash } from 'crypto';
import { DateTime } from 'luxon';
import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';

import { refuse, Refused, rethrow, toFailure } from './failure';
import { httpOf, type Http, type NodeContext } from './http';
import type { Account, Platform, TokenData } from './platform';
import { storeToken } from './tokenStore';

/** A credential in use: its properties and a token that is good now. */
export interface Session {
	readonly credential: IDataObject;
	readonly http: Http;
	/** The user's name for the credential. */
	readonly credentialName: string;
	token(): TokenData;
	/** Called when the platform refuses the token; false where nothing can be renewed. */
	renew(): Promise<boolean>;
	/** The account, as far as it was asked before with this very token. */
	account(): Account | undefined;
	remember(account: Account): Promise<void>;
	/** Every secret this session knows, for `redact`. */
	secrets(): string[];
	readonly warnings: string[];
}

/** What the pack keeps beside a token; bound to it, since n8n merges new tokens over old data. */
interface Kept extends IDataObject {
	/** Hash of the access token all this belongs to. */
	of: string;
	/** What the token was made from, see `bind`. */
	bind?: string;
	/** Made or exchanged by the pack. */
	own?: boolean;
	account?: { id: string; name: string };
}

export async function openSession(
	fn: NodeContext,
	platform: Platform,
	itemIndex = 0,
): Promise<Session> {
	const credential = await credentialOf(fn, platform, itemIndex);
	const live = { token: credential.oauthTokenData as TokenData | undefined };
	const bind = bindOf(platform, credential);
	const warnings: string[] = [];
	const http = httpOf(fn);

	function hold(token: TokenData, kept: Partial<Kept>) {
		const of = hash(token.access_token);
		const crosspost = { ...keptOf(bind, live.token), ...kept, ...(bind && { bind }), of };
		live.token = { ...token, crosspost };
		return live.token;
	}

	async function keep(token: TokenData, kept: Partial<Kept>) {
		const stored = await storeToken(fn, platform.credential.type, credential, hold(token, kept));
		if (!stored && kept.own) {
			warnings.push('The renewed token could not be stored in the credential; it serves this run only.');
		}
	}

	async function remember(account: Account) {
		const token = hold(session.token(), { account });
		// Another execution may have renewed the token since, and storing this one would undo that.
		const { oauthTokenData } = await credentialOf(fn, platform, itemIndex);
		if ((oauthTokenData as TokenData | undefined)?.access_token !== token.access_token) return;
		await storeToken(fn, platform.credential.type, credential, token);
	}

	const name = fn.getNode().credentials?.[platform.credential.type]?.name ?? 'the credential';
	const upkeep = upkeepOf(fn, platform, credential, http, warnings);
	const session: Session = {
		credential,
		http,
		warnings,
		credentialName: name,
		token: () => live.token as TokenData,
		renew: async () => {
			const { token } = live;
			const renewed = token && (await naming(name, async () => await upkeep.renew(token)));
			if (renewed) await keep(renewed, upkeep.kept);
			return renewed !== undefined;
		},
		account: () => keptOf(bind, live.token)?.account,
		remember,
		secrets: () => secretsOf(platform, credential, live.token),
	};

	const first = await naming(name, async () => await upkeep.first(live.token));
	if (first) await keep(first, upkeep.kept);
	if (!live.token?.access_token) refuseUnconnected(platform, session.credentialName);
	return session;
}

async function credentialOf(fn: NodeContext, platform: Platform, itemIndex: number) {
	const { type } = platform.credential;
	return (await fn.getCredentials(type, itemIndex)) as IDataObject;
}

/** What one token policy does: before the first request, and when a token is refused. */
interface Upkeep {
	first(stored?: TokenData): Promise<TokenData | undefined>;
	renew(token: TokenData): Promise<TokenData | undefined>;
	readonly kept: Partial<Kept>;
}

function upkeepOf(
	fn: NodeContext,
	platform: Platform,
	credential: IDataObject,
	http: Http,
	warnings: string[],
): Upkeep {
	const policy = platform.token;
	if (policy.kind === 'permanent') {
		return { first: async () => undefined, renew: async () => undefined, kept: {} };
	}
	if (policy.kind === 'refreshed') return standardUpkeep(fn, platform, policy.before);

	const bind = bindOf(platform, credential);
	const usable = (stored?: TokenData) => (keptOf(bind, stored)?.own ? stored : undefined);
	const renew = async (token: TokenData) => await policy.renew(http, credential, token);
	return {
		kept: { own: true },
		first: async (stored) => {
			const token = usable(stored);
			if (!token) return await policy.open(http, credential);
			if (!policy.due(token, Date.now())) return undefined;
			return await early(platform, token, warnings, async () => await renew(token));
		},
		renew,
	};
}

/** As long as the token lives, renewing it can fail without anybody's harm. */
async function early(
	platform: Platform,
	token: TokenData,
	warnings: string[],
	renew: () => Promise<TokenData>,
) {
	try {
		return await renew();
	} catch (error) {
		const end = DateTime.fromMillis(Number(token.n8n_expires_at)).toUTC();
		if (!(end.toMillis() > Date.now())) return rethrow(error);
		const { message } = toFailure(error, platform.id);
		warnings.push(`The access token ends at ${end.toISO()} and could not be renewed yet: ${message}`);
		return undefined;
	}
}

function standardUpkeep(fn: NodeContext, platform: Platform, before: number): Upkeep {
	const renew = async (token: TokenData) => {
		if (!token.refresh_token) return undefined;
		try {
			const renewed = (await fn.helpers.refreshOAuth2Token.call(
				fn as unknown as IAllExecuteFunctions,
				platform.credential.type,
			)) as TokenData;
			return { ...token, ...renewed };
		} catch (error) {
			return refuseRenewal(platform, error);
		}
	};
	return {
		kept: {},
		renew,
		first: async (stored) => {
			const expires = Number(stored?.n8n_expires_at);
			const due = stored && Number.isFinite(expires) && expires - before < Date.now();
			return due ? await renew(stored) : undefined;
		},
	};
}

/** Says which credential is meant when the platform refuses it. */
async function naming<T>(credential: string, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		if (!(error instanceof Refused) || error.failure.code !== 'platform_auth_failed') {
			return rethrow(error);
		}
		const remediation = `Reconnect the credential "${credential}" and run again.`;
		return refuse({ ...error.failure, remediation });
	}
}

/** What n8n's OAuth2 client throws when a renewal fails. */
interface RenewalError {
	/** `EAUTH`: refused in words of OAuth2; `ESTATUS`: refused otherwise; else the network's. */
	code?: string;
	status?: number;
	body?: { error?: string } | string;
}

/** The platform's token endpoint refused: a dead grant, unless it is down or out of reach. */
function refuseRenewal(platform: Platform, error: unknown): never {
	if (error instanceof TypeError) return rethrow(error);
	const { code, status, body } = error as RenewalError;
	const reason = (typeof body === 'object' && body?.error) || status || code;
	const said = reason ? ` (${reason})` : '';
	const refused = code === 'EAUTH' || (code === 'ESTATUS' && status !== 429 && status !== 200);
	if (code !== undefined && !refused) {
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

function refuseUnconnected(platform: Platform, credentialName: string): never {
	return refuse({
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `The credential "${credentialName}" is not connected to ${platform.name} yet.`,
		remediation: 'Open the credential, connect the account and save it.',
	});
}

function bindOf({ token: policy }: Platform, credential: IDataObject): string | undefined {
	return policy.kind === 'own' && policy.bind ? hash(policy.bind(credential)) : undefined;
}

function keptOf(bind: string | undefined, token?: TokenData): Kept | undefined {
	const kept = token?.crosspost as Kept | undefined;
	const fits = kept?.of === hash(token?.access_token ?? '') && kept.bind === bind;
	return fits ? kept : undefined;
}

function secretsOf(platform: Platform, credential: IDataObject, token?: TokenData): string[] {
	return [
		...platform.credential.secrets.map((name) => credential[name]),
		token?.access_token,
		token?.refresh_token,
	].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}

function hash(text: string) {
	return createHash('sha256').update(text).digest('hex');
}
