import type { TokenPolicy } from '../contract/authMethod';

/** A token that people paste into this property of the credential, and that lives until it is revoked. */
export function staticToken(property: string): TokenPolicy {
	return {
		kind: 'custom',
		fingerprint: (credential) => String(credential[property]),
		obtain: async (_http, credential) => {
			const access_token = String(credential[property] ?? '').trim();
			return access_token ? { access_token } : undefined;
		},
		needsRenewal: () => false,
		renewAheadMs: 0,
	};
}
