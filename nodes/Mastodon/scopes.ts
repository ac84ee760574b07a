/** https://docs.joinmastodon.org/api/oauth-scopes */

/** Scopes to publish and to manage own posts. */
export const writeScopes = [
	'read:accounts',
	'read:statuses',
	'write:statuses',
	'write:media',
] as const;

/** Scope to look up posts of other servers. */
export const extendedScopes = ['read:search'] as const;
