/** The header that shows a token as OAuth 2.0 has it (RFC 6750). */
export function bearer(token: string) {
	return { authorization: `Bearer ${token}` };
}
