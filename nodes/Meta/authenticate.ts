import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { sign } from './request';

/** Signs what n8n itself sends with a pasted token, such as the test of the credential. */
export async function authenticate(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const token = String(credential.accessToken ?? '').trim();
	return {
		...request,
		headers: { ...request.headers, authorization: `Bearer ${token}` },
		qs: { ...request.qs, ...sign(credential, token).query },
	};
}
