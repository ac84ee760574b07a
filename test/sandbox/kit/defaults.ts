/** Callback URLs of a local n8n, for each address by which it may be reached. */
export const REDIRECT_URIS = [
	'http://127.0.0.1:5678/rest/oauth2-credential/callback',
	'http://localhost:5678/rest/oauth2-credential/callback',
	'https://n8n.example.com/rest/oauth2-credential/callback',
];

export const ACCOUNTS = ['demo', 'second'];
