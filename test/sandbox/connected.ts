import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { DemoAccount } from '../platforms/record';
import type { Sandbox } from '.';

/** The app that the imitations know. */
export const CLIENT = {
	id: 'client-1',
	secret: 'client-secret-1',
	redirectUris: ['https://n8n.example/cb'],
};

/** The credential of an account that has just been connected to an imitation. */
export function connected(
	{ hosts, pasted }: DemoAccount,
	{ url, issueToken }: Pick<Sandbox<unknown>, 'url' | 'issueToken'>,
	kind?: string,
): ICredentialDataDecryptedObject {
	const { accessToken, refreshToken, expiresAt } = issueToken({ ...(kind && { kind }) });
	if (pasted) return pasted(url, accessToken) as ICredentialDataDecryptedObject;
	return {
		grantType: 'authorizationCode',
		clientId: CLIENT.id,
		clientSecret: CLIENT.secret,
		...hosts?.(url),
		oauthTokenData: {
			access_token: accessToken,
			...(refreshToken && { refresh_token: refreshToken }),
			...(expiresAt !== undefined && {
				expires_in: Math.round((expiresAt - Date.now()) / 1000),
				n8n_expires_at: String(expiresAt),
			}),
		},
	} as ICredentialDataDecryptedObject;
}
