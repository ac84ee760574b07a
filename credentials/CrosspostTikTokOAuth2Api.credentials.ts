import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/TikTok/scopes';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

export class CrosspostTikTokOAuth2Api implements ICredentialType {
	name = 'crosspostTikTokOAuth2Api';

	displayName = 'TikTok (Crosspost) OAuth2 API';

	documentationUrl = 'https://developers.tiktok.com/doc/login-kit-web';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/TikTok/tikTok.svg',
		dark: 'file:../nodes/TikTok/tikTok.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Client ID is what TikTok calls the Client Key of the app. The app needs the products Login Kit (for the web) and Content Posting API with Direct Post, and TikTok takes https redirect URLs only.',
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
				'Permissions to request besides publishing: video.upload for drafts, video.list for listing videos. The app needs them too. Reconnect after a change.',
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
			default: '={{$self.webBaseUrl}}/v2/auth/authorize/',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self.apiBaseUrl}}/v2/oauth/token/',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			// A comma in it makes n8n separate by commas, as TikTok wants it.
			default: `={{($self.customScope || "").trim() || ${JSON.stringify(scopes.write)}.concat($self.extendedScopes || []).join(",")}}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{"client_key=" + $self.clientId}}',
		},
		{
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			default: '={{JSON.stringify({ client_key: $self.clientId })}}',
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
			default: 'https://open.tiktokapis.com',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.tiktok.com',
		},
		...httpRequestDomains(['open.tiktokapis.com']),
	];
}
