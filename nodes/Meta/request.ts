import { createHmac } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { credentialText } from '../shared/connection/credentialText';
import type { Api, Request } from '../shared/contract/api';
import type { Call } from '../shared/contract/http';
import { bearer } from '../shared/http/bearer';
import { appSecret } from './app';

/**
 * Adds the version to a path: `/me` becomes `/v26.0/me`. The version is a credential field, because
 * Meta retires versions.
 */
export function at({ credential }: Pick<Api, 'credential'>, path: string): string {
	return versioned(credential, path);
}

/** Adds the credential's Graph API version to a path; throws if the version is empty. */
export function versioned(credential: IDataObject, path: string): string {
	const platform = platformOf(credential);
	const version = credentialText(platform, credential, 'graphVersion', 'Graph API Version');
	return `/${version.replace(/^v?/, 'v')}${path}`;
}

function platformOf({ login }: IDataObject): string {
	return login ? 'instagram' : 'facebook';
}

/**
 * The token and, if selected in the credential, a proof of the app's secret:
 * https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export function graphAuth(credential: IDataObject, token: string): Pick<Call, 'headers' | 'query'> {
	const headers = bearer(token);
	if (!credential.signRequests) return { headers };
	const secret = appSecret(platformOf(credential), credential);
	const proof = createHmac('sha256', secret).update(token).digest('hex');
	return { headers, query: { appsecret_proof: proof } };
}

/**
 * The body of a good answer, or of an error with one of these subcodes; other errors are thrown.
 */
export async function replyOr<T = IDataObject>(
	api: Api,
	request: Request,
	subcodes: readonly number[],
): Promise<T> {
	const { body } = await api.reply(request, ({ body: told }) => {
		const { error } = (told ?? {}) as { error?: { error_subcode?: number } };
		return subcodes.includes(Number(error?.error_subcode));
	});
	return body as T;
}
