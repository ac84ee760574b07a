import type { IDataObject } from 'n8n-workflow';

import { clientOf } from '../shared/connection/credentialText';
import type { TokenData } from '../shared/contract/authMethod';
import type { Call, Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { ask } from '../shared/http/ask';

/**
 * Revokes the refresh token, if there is one, and the access token:
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
 */
export async function revoke(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	{ access_token, refresh_token }: TokenData,
): Promise<void> {
	const { id, secret } = clientOf(platform.id, credential);
	const client = Buffer.from(`${id}:${secret}`).toString('base64');
	const url = `${String(credential.apiBaseUrl)}/2/oauth2/revoke`;
	const headers = { authorization: `Basic ${client}` };
	const call = (token: string): Call => ({ method: 'POST', url, headers, form: { token } });
	if (!refresh_token) {
		await ask(platform, http, call(access_token), [access_token]);
		return;
	}
	await ask(platform, http, call(refresh_token), [refresh_token]);
	// Ignores a refusal: the access token may have ended with the refresh token, and expires within
	// two hours anyway.
	await http(call(access_token));
}
