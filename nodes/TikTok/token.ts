import type { IDataObject } from 'n8n-workflow';

import { clientOf } from '../shared/connection/credentialText';
import { endsWithin } from '../shared/connection/token';
import { granted, isToken } from '../shared/connection/tokenAnswer';
import type { TokenData } from '../shared/contract/authMethod';
import type { Call, Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { refuse } from '../shared/errors/failure';
import { ask } from '../shared/http/ask';
import { DAY, MINUTE, SECOND } from '../shared/units';

/** Renews this many ms ahead, so that one token lasts for a post and its processing. */
export const BEFORE = 30 * MINUTE;

/** Returns the token from connecting, which is valid for a day; renews it if it ends soon. */
export async function open(platform: Platform, http: Http, credential: IDataObject) {
	const stored = (credential.oauthTokenData ?? {}) as TokenData;
	if (!isToken(stored)) return undefined;
	const old = due(stored, Date.now()) && stored.refresh_token;
	return old ? await renew(platform, http, credential, stored) : stored;
}

/** https://developers.tiktok.com/doc/oauth-user-access-token-management */
export async function renew(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	token: TokenData,
): Promise<TokenData> {
	const { refresh_token } = token;
	if (!refresh_token) {
		return refuse({
			code: 'platform_auth_failed',
			platform: platform.id,
			message: `${platform.name} gave no new access token`,
		});
	}
	const secrets = secretsOf(credential, token);
	const call = request(platform, credential, 'token', {
		grant_type: 'refresh_token',
		refresh_token,
	});
	const fresh = granted(platform, await ask(platform, http, call, secrets), secrets);
	return {
		...token,
		...fresh,
		// TikTok may send a new refresh token, which replaces the old one.
		refresh_token: String(fresh.refresh_token || refresh_token),
		n8n_expires_at: String(Date.now() + Number(fresh.expires_in ?? DAY / SECOND) * SECOND),
	};
}

export function due(token: TokenData, now: number): boolean {
	return endsWithin(token, BEFORE, now);
}

/** https://developers.tiktok.com/doc/oauth-user-access-token-management, "Revoke access" */
export async function revoke(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	token: TokenData,
): Promise<void> {
	const call = request(platform, credential, 'revoke', { token: token.access_token });
	await ask(platform, http, call, secretsOf(credential, token));
}

/** A request to an OAuth endpoint, whose form calls the client ID `client_key`. */
function request({ id }: Platform, credential: IDataObject, path: string, form: IDataObject) {
	const client = clientOf(id, credential);
	const call: Call = {
		method: 'POST',
		url: `${String(credential.apiBaseUrl).replace(/\/+$/, '')}/v2/oauth/${path}/`,
		form: { client_key: client.id, client_secret: client.secret, ...form },
	};
	return call;
}

function secretsOf({ clientSecret }: IDataObject, { access_token, refresh_token }: TokenData) {
	return [String(clientSecret ?? ''), access_token, refresh_token ?? ''];
}
