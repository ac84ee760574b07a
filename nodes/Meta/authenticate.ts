import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { graphAuth } from './request';

/** Signs requests that n8n itself sends with a pasted token, such as the credential test. */
export async function authenticate(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const token = String(credential.accessToken ?? '').trim();
	const { headers, query } = graphAuth(credential, token);
	return {
		...request,
		headers: { ...request.headers, ...headers },
		qs: { ...request.qs, ...query },
	};
}
