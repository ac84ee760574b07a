import type { IDataObject } from 'n8n-workflow';

import type { TokenPolicy } from '../contract/authMethod';
import { credentialText } from './credentialText';

/** A token that people paste as `accessToken`, and that lives until it is revoked. */
export function staticToken(platform: string): TokenPolicy {
	return {
		kind: 'custom',
		fingerprint: (credential) => String(credential.accessToken),
		obtain: async (_http, credential) => ({ access_token: pastedToken(platform, credential) }),
		needsRenewal: () => false,
		renewAheadMs: 0,
	};
}

/** The token as it was pasted; an empty field is named. */
export function pastedToken(platform: string, credential: IDataObject): string {
	return credentialText(platform, credential, 'accessToken', 'Access Token');
}
