import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticate } from '../nodes/Meta/authenticate';
import { proofField, versionField } from '../nodes/Meta/fields';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';
import {
	accessTokenField,
	baseUrls,
	secretField,
} from '../nodes/shared/editor/credentialProperties';

export class CrosspostInstagramAccessTokenApi implements ICredentialType {
	name = 'crosspostInstagramAccessTokenApi';

	displayName = 'Instagram (Crosspost) Access Token API';

	documentationUrl =
		'https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login';

	icon = {
		light: 'file:../nodes/Instagram/instagram.svg',
		dark: 'file:../nodes/Instagram/instagram.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Login',
			name: 'login',
			type: 'options',
			options: [
				{
					name: 'Instagram Login',
					value: 'instagramLogin',
					description: 'A token that begins with IG',
				},
				{
					name: 'Facebook Login',
					value: 'facebookLogin',
					description: 'A token that begins with EAA',
				},
			],
			default: 'instagramLogin',
			description: 'Which login the token comes from',
		},
		accessTokenField(
			'From your Meta app: for Instagram Login under Instagram, API setup with Instagram login, Generate token. It is renewed as long as a workflow or the Crosspost Trigger uses this credential.',
		),
		{
			displayName: 'App ID',
			name: 'clientId',
			type: 'string',
			default: '',
			displayOptions: { show: { login: ['facebookLogin'] } },
			description: 'Of the Meta app. Needed only to renew a token that ends.',
		},
		secretField(
			'App Secret',
			'clientSecret',
			'For Facebook Login that of the Meta app, needed to renew a token that ends; for Instagram Login that of the Instagram app, needed only for a token that lives one hour',
		),
		versionField,
		{ ...proofField, displayOptions: { show: { login: ['facebookLogin'] } } },
		...baseUrls({
			apiBaseUrl:
				'={{$self.login === "facebookLogin" ? "https://graph.facebook.com" : "https://graph.instagram.com"}}',
			webBaseUrl: 'https://www.instagram.com',
		}),
		...httpRequestDomains(['graph.instagram.com', 'graph.facebook.com', 'rupload.facebook.com']),
	];

	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiBaseUrl }}',
			url: '=/{{ $credentials.graphVersion }}/me',
			qs: { fields: 'id' },
		},
	};
}
