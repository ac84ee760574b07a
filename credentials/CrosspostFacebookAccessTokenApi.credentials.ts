import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticate } from '../nodes/Meta/authenticate';
import { graphFields } from '../nodes/Meta/fields';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

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

	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiBaseUrl }}',
			url: '=/{{ $credentials.graphVersion }}/me',
			qs: { fields: 'id,name' },
		},
	};
}
