/** https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ */
export const scopes = {
	write: ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'],
	extended: ['boards:read_secret', 'boards:write_secret', 'pins:read_secret', 'pins:write_secret'],
} as const;
