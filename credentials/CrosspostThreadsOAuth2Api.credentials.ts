import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Threads/scopes';

export class CrosspostThreadsOAuth2Api implements ICredentialType {
	name = 'crosspostThreadsOAuth2Api';

	displayName = 'Threads (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Threads/threads.svg',
		dark: 'file:../nodes/Threads/threads.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Use the Threads App ID and Threads App Secret of your app, not the Meta App ID. Threads hands out a token for one hour: run Account: Get once after connecting, which exchanges it for one of 60 days that is then kept alive.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Further Scopes',
			name: 'extendedScopes',
			type: 'multiOptions',
			options: scopes.extended.map((value) => ({ name: value, value })),
			default: [],
			description:
				'What to ask for besides publishing: reading replies and deleting posts need it. Connect again after a change.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: scopes.write.join(','),
			description: 'Asked for instead of everything above, separated by commas',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{$self.authBaseUrl}}/oauth/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self.apiBaseUrl}}/oauth/access_token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			// A comma in it makes n8n separate by commas, as Threads wants it.
			default: `={{($self.customScope || "").trim() || ${JSON.stringify(scopes.write)}.concat($self.extendedScopes || []).join(",")}}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://graph.threads.net',
		},
		{
			displayName: 'Auth Base URL',
			name: 'authBaseUrl',
			type: 'hidden',
			default: 'https://threads.net',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.threads.net',
		},
	];
}
