/** https://docs.x.com/fundamentals/authentication/oauth-2-0/overview#scopes */
export const xScopes = {
	write: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
	extended: ['like.read', 'follows.read'],
} as const;
