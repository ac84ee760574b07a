import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { facebookScopes as scopes } from '../nodes/Instagram/scopes';
import { proofField, versionField } from '../nodes/Meta/fields';
import { hiddenField, noticeField } from '../nodes/shared/editor/credentialProperties';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';

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
		noticeField(
			'Use the App ID and the App Secret of the Meta app. Each account must be linked with a Facebook Page. Connecting gives a token for about an hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
		),
		...oAuth2Fields({
			scopes,
			separator: ',',
			additionalScopes: {
				description:
					'Permissions to request besides publishing: comments, also the first one, insights, and deleting posts. Reconnect after a change.',
			},
			more: [versionField, proofField, hiddenField('Login', 'login', 'facebookLogin')],
			authUrl: '={{$self.authBaseUrl}}/{{$self.graphVersion}}/dialog/oauth',
			accessTokenUrl: '={{$self.apiBaseUrl}}/{{$self.graphVersion}}/oauth/access_token',
			hosts: {
				apiBaseUrl: 'https://graph.facebook.com',
				authBaseUrl: 'https://www.facebook.com',
				webBaseUrl: 'https://www.instagram.com',
			},
			domains: ['graph.facebook.com', 'rupload.facebook.com'],
		}),
	];
}
