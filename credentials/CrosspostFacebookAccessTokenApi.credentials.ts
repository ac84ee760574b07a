import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

export class CrosspostFacebookAccessTokenApi implements ICredentialType {
	name = 'crosspostFacebookAccessTokenApi';

	displayName = 'Facebook Pages (Crosspost) Access Token API';

	documentationUrl =
		'https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived';

	icon = {
		light: 'file:../nodes/Facebook/facebook.svg',
		dark: 'file:../nodes/Facebook/facebook.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Of a person, a system user of a business portfolio, or a Page. The one of a system user need not end.',
		},
		{
			displayName: 'App ID',
			name: 'clientId',
			type: 'string',
			default: '',
			description: 'With the app secret, to know when the token ends and to lengthen it in time',
		},
		{
			displayName: 'App Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Of the app that the token was made for',
		},
		{
			displayName: 'Graph API Version',
			name: 'graphVersion',
			type: 'string',
			default: 'v26.0',
			description:
				'Meta retires a version about two years after the next one appears; this one is tested',
		},
		{
			displayName: 'Prove App Secret',
			name: 'appSecretProof',
			type: 'boolean',
			default: false,
			description:
				'Whether to sign requests with the app secret, for apps with the setting Require App Secret. The test of this credential does not.',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://graph.facebook.com',
		},
		{
			displayName: 'Video Base URL',
			name: 'videoBaseUrl',
			type: 'hidden',
			default: 'https://graph-video.facebook.com',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.facebook.com',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiBaseUrl }}',
			url: '=/{{ $credentials.graphVersion }}/me',
			qs: { fields: 'id,name' },
			headers: { authorization: '=Bearer {{ $credentials.accessToken.trim() }}' },
		},
	};
}
