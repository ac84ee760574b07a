/** Where a locally running n8n takes OAuth callbacks, under the addresses it may be reached by. */
export const REDIRECT_URIS = [
	'http://127.0.0.1:5678/rest/oauth2-credential/callback',
	'http://localhost:5678/rest/oauth2-credential/callback',
	'https://n8n.example.com/rest/oauth2-credential/callback',
];

export const ACCOUNTS = ['demo', 'second'];
