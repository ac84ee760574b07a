import type { IDataObject } from 'n8n-workflow';

import { credentialText } from '../shared/connection/credentialText';
import type { TokenData } from '../shared/contract/authMethod';
import type { Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { ask } from '../shared/http/ask';
import { bearer } from '../shared/http/bearer';
import { SECOND } from '../shared/units';
import { serviceOf } from './service';

interface Answer extends IDataObject {
	accessJwt: string;
	refreshJwt: string;
	did: string;
	handle: string;
	didDoc?: { service?: Array<{ id: string; serviceEndpoint: string }> };
}

/** https://docs.bsky.app/docs/api/com-atproto-server-create-session */
export async function open(platform: Platform, http: Http, credential: IDataObject) {
	const identifier = credentialText(platform.id, credential, 'identifier', 'Handle');
	const appPassword = credentialText(platform.id, credential, 'appPassword', 'App Password');
	const answer = await ask(
		platform,
		http,
		{
			method: 'POST',
			url: `${serviceOf(credential)}/xrpc/com.atproto.server.createSession`,
			// Bluesky refuses a handle with a leading @.
			body: { identifier: identifier.replace(/^@/, ''), password: appPassword },
		},
		[appPassword],
	);
	return tokenOf(answer as Answer);
}

/** https://docs.bsky.app/docs/api/com-atproto-server-refresh-session */
export async function renew(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	token: TokenData,
): Promise<TokenData> {
	const url = `${serviceOf(credential)}/xrpc/com.atproto.server.refreshSession`;
	const headers = bearer(String(token.refresh_token));
	const reply = await http({ method: 'POST', url, headers });
	if (reply.status === 200) return { ...token, ...tokenOf(reply.body as Answer) };
	// Logs in again only if the refresh token itself is refused, because logins per day are limited.
	if (reply.status === 400 || reply.status === 401) return await open(platform, http, credential);
	const failed = await ask(platform, async () => reply, { url }, []);
	return failed as TokenData;
}

/**
 * Revokes the refresh token at once; the access token expires soon:
 * https://docs.bsky.app/docs/api/com-atproto-server-delete-session
 */
export async function close(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	{ refresh_token: refresh = '' }: TokenData,
): Promise<void> {
	const url = `${serviceOf(credential)}/xrpc/com.atproto.server.deleteSession`;
	await ask(platform, http, { method: 'POST', url, headers: bearer(refresh) }, [refresh]);
}

function tokenOf({ accessJwt, refreshJwt, did, handle, didDoc }: Answer): TokenData {
	const pds = didDoc?.service?.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint;
	return {
		access_token: accessJwt,
		refresh_token: refreshJwt,
		n8n_expires_at: String(expiryOf(accessJwt)),
		did,
		handle,
		...(pds && { pds }),
	};
}

function expiryOf(jwt: string): number {
	const payload = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
	const { exp } = JSON.parse(payload || '{}') as { exp?: number };
	return (exp ?? 0) * SECOND;
}
