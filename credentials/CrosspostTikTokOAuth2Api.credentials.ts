import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { noticeField } from '../nodes/shared/editor/credentialProperties';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';
import { scopes } from '../nodes/TikTok/scopes';

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
		noticeField(
			'Client ID is what TikTok calls the Client Key of the app. The app needs the products Login Kit (for the web) and Content Posting API with Direct Post, and TikTok takes https redirect URLs only.',
		),
		...oAuth2Fields({
			scopes,
			separator: ',',
			additionalScopes: {
				description:
					'Permissions to request besides publishing: video.upload for drafts, video.list for listing videos. The app needs them too. Reconnect after a change.',
			},
			authUrl: '={{$self.webBaseUrl}}/v2/auth/authorize/',
			accessTokenUrl: '={{$self.apiBaseUrl}}/v2/oauth/token/',
			authQueryParameters: '={{"client_key=" + $self.clientId}}',
			additionalBodyProperties: '={{JSON.stringify({ client_key: $self.clientId })}}',
			hosts: { apiBaseUrl: 'https://open.tiktokapis.com', webBaseUrl: 'https://www.tiktok.com' },
			domains: ['open.tiktokapis.com'],
		}),
	];
}
