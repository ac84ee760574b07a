/** https://docs.joinmastodon.org/api/oauth-scopes */

/** What publishing and the account's own posts need. */
export const writeScopes = [
	'read:accounts',
	'read:statuses',
	'write:statuses',
	'write:media',
] as const;

/** What only looking up posts of other servers needs. */
export const extendedScopes = ['read:search'] as const;
