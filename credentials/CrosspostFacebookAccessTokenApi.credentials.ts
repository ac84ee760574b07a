import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticate } from '../nodes/Meta/authenticate';
import { graphFields } from '../nodes/Meta/fields';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';
import {
	accessTokenField,
	baseUrls,
	secretField,
} from '../nodes/shared/editor/credentialProperties';

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
		accessTokenField(
			'Of a person, a system user of a business portfolio, or a Page. The one of a system user need not end.',
		),
		{
			displayName: 'App ID',
			name: 'clientId',
			type: 'string',
			default: '',
			description: 'With the app secret, to know when the token ends and to lengthen it in time',
		},
		secretField('App Secret', 'clientSecret', 'Of the app that the token was made for'),
		...baseUrls({ videoBaseUrl: 'https://graph-video.facebook.com' }),
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
