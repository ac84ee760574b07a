import type { IDataObject } from 'n8n-workflow';

import type { TokenPolicy } from '../contract/authMethod';
import { credentialText } from './credentialText';

/**
 * What people paste into a field, and what lives until it is revoked: an access token, the key of an
 * API, the token of a bot, the URL of a webhook. `label` is the field's name in the form.
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

/** An access token as it was pasted; an empty field is named. */
export function pastedToken(platform: string, credential: IDataObject): string {
	return credentialText(platform, credential, 'accessToken', 'Access Token');
}
