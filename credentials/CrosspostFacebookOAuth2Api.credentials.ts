import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Facebook/scopes';
import { graphFields } from '../nodes/Meta/fields';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

export class CrosspostFacebookOAuth2Api implements ICredentialType {
	name = 'crosspostFacebookOAuth2Api';

	displayName = 'Facebook Pages (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Facebook/facebook.svg',
		dark: 'file:../nodes/Facebook/facebook.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Connecting gives a token for about an hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
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
				'Permissions to request besides publishing, such as commenting and reading insights. Reconnect after a change.',
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
			displayName: 'Login Configuration ID',
			name: 'configId',
			type: 'string',
			default: '',
			description:
				'Of an app with Facebook Login for Business: the configuration that takes the place of the scopes',
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
			default: '={{$self.webBaseUrl}}/{{$self.graphVersion}}/dialog/oauth',
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
			default: `={{$self.configId ? "" : (($self.customScope || "").trim() || ${JSON.stringify(scopes.write)}.concat($self.extendedScopes || []).join(","))}}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{$self.configId ? "config_id=" + $self.configId.trim() : ""}}',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'Video Base URL',
			name: 'videoBaseUrl',
			type: 'hidden',
			default: 'https://graph-video.facebook.com',
		},
		...graphFields,
		...httpRequestDomains([
			'graph.facebook.com',
			'graph-video.facebook.com',
			'rupload.facebook.com',
		]),
	];
}
