import type { IDataObject } from 'n8n-workflow';

import type { TokenPolicy } from '../contract/authMethod';
import { credentialText } from './credentialText';

/**
 * Policy of a pasted token that lives until it is revoked: access token, API key, bot token or
 * webhook URL. `label` is the field's name in the form.
 */
export function staticToken(
	platform: string,
	property = 'accessToken',
	label = 'Access Token',
): TokenPolicy {
	return {
		kind: 'custom',
		fingerprint: (credential) => String(credential[property]),
		obtain: async (_http, credential) => ({
			access_token: credentialText(platform, credential, property, label),
		}),
		needsRenewal: () => false,
		renewAheadMs: 0,
	};
}

/** The pasted access token; throws if the field is empty. */
export function pastedToken(platform: string, credential: IDataObject): string {
	return credentialText(platform, credential, 'accessToken', 'Access Token');
}
