import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { facebookScopes as scopes } from '../nodes/Instagram/scopes';
import { proofField, versionField } from '../nodes/Meta/fields';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

export class CrosspostInstagramFacebookOAuth2Api implements ICredentialType {
	name = 'crosspostInstagramFacebookOAuth2Api';

	displayName = 'Instagram via Facebook (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-facebook-login/get-started';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Instagram/instagram.svg',
		dark: 'file:../nodes/Instagram/instagram.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Use the App ID and the App Secret of the Meta app. Each account must be linked with a Facebook Page. Connecting gives a token for about an hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
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
				'Permissions to request besides publishing: comments, also the first one, insights, and deleting posts. Reconnect after a change.',
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
		proofField,
		{
			displayName: 'Login',
			name: 'login',
			type: 'hidden',
			default: 'facebookLogin',
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
			default: '={{$self.authBaseUrl}}/{{$self.graphVersion}}/dialog/oauth',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self.apiBaseUrl}}/{{$self.graphVersion}}/oauth/access_token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			// A comma in it makes n8n separate by commas, as Facebook wants it.
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
			default: 'https://graph.facebook.com',
		},
		{
			displayName: 'Auth Base URL',
			name: 'authBaseUrl',
			type: 'hidden',
			default: 'https://www.facebook.com',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.instagram.com',
		},
		...httpRequestDomains(['graph.facebook.com', 'rupload.facebook.com']),
	];
}
