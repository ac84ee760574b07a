import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Instagram/scopes';
import { versionField } from '../nodes/Meta/fields';
import { hiddenField, noticeField } from '../nodes/shared/editor/credentialProperties';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';

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
		noticeField(
			'Use the Instagram App ID and the Instagram App Secret, not those of the Meta app. Connecting gives a token for one hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
		),
		...oAuth2Fields({
			scopes,
			separator: ',',
			additionalScopes: {
				description:
					'Permissions to request besides publishing: comments, also the first one, and insights. Reconnect after a change.',
			},
			more: [versionField, hiddenField('Login', 'login', 'instagramLogin')],
			authUrl: '={{$self.authBaseUrl}}/oauth/authorize',
			accessTokenUrl: '={{$self.tokenBaseUrl}}/oauth/access_token',
			hosts: {
				apiBaseUrl: 'https://graph.instagram.com',
				tokenBaseUrl: 'https://api.instagram.com',
				authBaseUrl: 'https://www.instagram.com',
				webBaseUrl: 'https://www.instagram.com',
			},
			domains: ['graph.instagram.com'],
		}),
	];
}
