import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Instagram/scopes';
import { versionField } from '../nodes/Meta/fields';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

export class CrosspostInstagramOAuth2Api implements ICredentialType {
	name = 'crosspostInstagramOAuth2Api';

	displayName = 'Instagram (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Instagram/instagram.svg',
		dark: 'file:../nodes/Instagram/instagram.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Use the Instagram App ID and the Instagram App Secret, not those of the Meta app. Connecting gives a token for one hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
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
				'Permissions to request besides publishing: comments, also the first one, and insights. Reconnect after a change.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: `e.g. ${scopes.write.join(',')}`,
			description: 'Requested instead of all others, separated by commas',
		},
		versionField,
		{
			displayName: 'Login',
			name: 'login',
			type: 'hidden',
			default: 'instagramLogin',
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
			default: '={{$self.tokenBaseUrl}}/oauth/access_token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			// A comma in it makes n8n separate by commas, as Instagram wants it.
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
			default: 'https://graph.instagram.com',
		},
		{
			displayName: 'Token Base URL',
			name: 'tokenBaseUrl',
			type: 'hidden',
			default: 'https://api.instagram.com',
		},
		{
			displayName: 'Auth Base URL',
			name: 'authBaseUrl',
			type: 'hidden',
			default: 'https://www.instagram.com',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.instagram.com',
		},
		...httpRequestDomains(['graph.instagram.com']),
	];
}
