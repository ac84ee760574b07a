import type { IDataObject } from 'n8n-workflow';

import { ask } from '../shared/verdict';
import { refuse } from '../shared/failure';
import type { Call, Http, Reply } from '../shared/http';
import type { Platform, TokenData } from '../shared/platform';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Days a token lives, where the answer does not say. */
const LIFE = 60;

/**
 * Connecting gives a token for one hour, which is exchanged for one of 60 days:
 * https://developers.facebook.com/docs/threads/get-started/long-lived-tokens
 */
export async function open(platform: Platform, http: Http, credential: IDataObject) {
	const { access_token: short } = (credential.oauthTokenData ?? {}) as Partial<TokenData>;
	if (!short) return undefined;
	const { clientSecret: client_secret } = credential;
	const call: Call = {
		url: `${baseOf(credential)}/access_token`,
		query: { grant_type: 'th_exchange_token', client_secret, access_token: short },
	};
	const reply = await http(call);
	if (refused(reply)) {
		const known = await inspect(http, credential, short);
		// A token of 60 days may be in the credential already; only a short one can be exchanged.
		if (Number(known?.n8n_expires_at) - Date.now() > 2 * HOUR)
			return { access_token: short, ...known };
	}
	const token = await tokenOf(platform, async () => reply, call, secretsOf(credential, short));
	const { scope } = (await inspect(http, credential, token.access_token)) ?? {};
	return { ...token, ...(scope && { scope }) };
}

/** https://developers.facebook.com/docs/threads/get-started/long-lived-tokens */
export async function renew(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	token: TokenData,
): Promise<TokenData> {
	const { access_token } = token;
	const call: Call = {
		url: `${baseOf(credential)}/refresh_access_token`,
		query: { grant_type: 'th_refresh_token', access_token },
	};
	return {
		...token,
		...(await tokenOf(platform, http, call, secretsOf(credential, access_token))),
	};
}

/** Younger than a day it cannot be renewed. */
export function due({ n8n_expires_at, expires_in }: TokenData, now: number): boolean {
	const left = Number(n8n_expires_at) - now;
	const age = Number(expires_in) * 1000 - left;
	return left < 10 * DAY && age > DAY;
}

function refused({ status, body }: Reply) {
	return (
		(status >= 400 && status < 500) || (status === 200 && !(body as IDataObject)?.access_token)
	);
}

/**
 * What Threads says of a token; nothing if it does not:
 * https://developers.facebook.com/docs/threads/troubleshooting/debug-access-token
 */
async function inspect(http: Http, credential: IDataObject, input_token: string) {
	const { body } = await http({
		url: `${baseOf(credential)}/v1.0/debug_token`,
		query: { input_token },
		headers: { authorization: `Bearer ${input_token}` },
	});
	const { data } = (body ?? {}) as { data?: IDataObject };
	if (!data?.is_valid) return undefined;
	const [expires, issued] = [Number(data.expires_at), Number(data.issued_at)];
	return {
		n8n_expires_at: String(expires * 1000),
		expires_in: expires - issued,
		...(Array.isArray(data.scopes) && { scope: data.scopes.join(',') }),
	};
}

async function tokenOf(
	platform: Platform,
	http: Http,
	call: Call,
	secrets: string[],
): Promise<TokenData> {
	const { access_token, expires_in } = await ask(strict(platform), http, call, secrets);
	if (typeof access_token !== 'string' || access_token === '') {
		return refuse({
			code: 'platform_unavailable',
			platform: platform.id,
			message: `${platform.name} answered the request for a token without one`,
		});
	}
	const seconds = Number(expires_in) || (LIFE * DAY) / 1000;
	return {
		access_token,
		expires_in: seconds,
		n8n_expires_at: String(Date.now() + seconds * 1000),
	};
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
