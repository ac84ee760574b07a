import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Threads/scopes';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

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
				'Use the Threads App ID and the Threads App Secret, not those of the Meta app. Connecting gives a token for one hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Additional Scopes',
			name: 'extendedScopes',
			type: 'multiOptions',
			options: scopes.extended.map((value) => ({ name: value, value })),
			default: [],
			description:
				'Permissions to request besides publishing, such as reading replies and deleting posts. Reconnect after a change.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: `e.g. ${scopes.write.join(',')}`,
			description: 'Requested instead of all others, separated by commas',
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
		...httpRequestDomains(['graph.threads.net']),
	];
}
