/** The Authorization header of OAuth 2.0 (RFC 6750). */
export function bearer(token: string) {
	return { authorization: `Bearer ${token}` };
}
