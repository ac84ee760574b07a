import type { IDataObject } from 'n8n-workflow';

import type { TokenData, TokenPolicy } from '../shared/contract/authMethod';
import type { Call, Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { ask } from '../shared/http/ask';
import { appId, appSecret } from './app';
import { due, longLivedTokensBy } from './longLivedTokens';
import { graphAuth, versioned } from './request';

/**
 * Facebook Login: token policies for a connected account and for a pasted token, introspection and
 * revocation. The credential needs `clientId`, `clientSecret`, `graphVersion` and `apiBaseUrl`. A
 * pasted token is in `accessToken`; it needs the app's ID and secret only for renewal.
 */
export function facebookLogin(platform: () => Platform) {
	const { connected, pasted, inspect } = longLivedTokensBy({
		platform,
		exchange: (credential, token) => exchange(platform().id, credential, token),
		renew: (credential, token) => exchange(platform().id, credential, token),
		renewable: isOfApp,
		debug,
	});
	return {
		connected,
		pasted: { ...pasted, needsRenewal: dueIfKnown } as TokenPolicy,
		inspect,
		revoke: async (http: Http, credential: IDataObject, token: TokenData) =>
			await revoke(platform(), http, credential, token),
	};
}

/**
 * The same request exchanges a short-lived token and renews a long-lived one:
 * https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived
 */
function exchange(platform: string, credential: IDataObject, token: string): Call {
	return {
		url: urlOf(credential, '/oauth/access_token'),
		query: {
			grant_type: 'fb_exchange_token',
			client_id: appId(platform, credential),
			client_secret: appSecret(platform, credential),
			fb_exchange_token: token,
		},
	};
}

/** Meta renews and inspects a token only for its own app. */
function isOfApp({ clientId, clientSecret }: IDataObject): boolean {
	return [clientId, clientSecret].every(
		(one) => typeof one === 'number' || (typeof one === 'string' && one.trim() !== ''),
	);
}

/** https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging */
function debug(credential: IDataObject, input_token: string): Call | undefined {
	const { clientId, clientSecret } = credential;
	if (!isOfApp(credential)) return undefined;
	return {
		url: urlOf(credential, '/debug_token'),
		query: { input_token, access_token: `${String(clientId)}|${String(clientSecret)}` },
	};
}

/** A pasted token of a Page or system user may have no end and cannot be renewed. */
function dueIfKnown(token: TokenData, now: number): boolean {
	return token.n8n_expires_at !== undefined && due(token, now);
}

/** Revokes all permissions that the user gave the app, which invalidates all its tokens. */
async function revoke(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	{ access_token }: TokenData,
): Promise<void> {
	const call: Call = {
		method: 'DELETE',
		url: urlOf(credential, '/me/permissions'),
		...graphAuth(credential, access_token),
	};
	await ask(platform, http, call, [access_token, String(credential.clientSecret ?? '')]);
}

function urlOf(credential: IDataObject, path: string): string {
	return String(credential.apiBaseUrl).replace(/\/+$/, '') + versioned(credential, path);
}
