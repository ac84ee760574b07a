/** https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions */
export const scopes = {
	write: ['threads_basic', 'threads_content_publish'],
	extended: ['threads_manage_replies', 'threads_read_replies', 'threads_delete'],
} as const;
