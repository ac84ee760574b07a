import type { TokenPolicy } from '../contract/authMethod';

/** A token from the vendor's console, pasted as `accessToken`, that lives until it is revoked. */
export const pastedToken: TokenPolicy = {
	kind: 'own',
	bind: ({ accessToken }) => String(accessToken),
	open: async (_http, { accessToken }) => {
		const access_token = String(accessToken ?? '').trim();
		return access_token ? { access_token } : undefined;
	},
	due: () => false,
	before: 0,
};
