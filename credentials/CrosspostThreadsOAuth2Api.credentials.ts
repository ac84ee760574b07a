import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { noticeField } from '../nodes/shared/editor/credentialProperties';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';
import { scopes } from '../nodes/Threads/scopes';

export class CrosspostThreadsOAuth2Api implements ICredentialType {
	name = 'crosspostThreadsOAuth2Api';

	displayName = 'Threads (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Threads/threads.svg',
		dark: 'file:../nodes/Threads/threads.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		noticeField(
			'Use the Threads App ID and the Threads App Secret, not those of the Meta app. Connecting gives a token for one hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
		),
		...oAuth2Fields({
			scopes,
			separator: ',',
			additionalScopes: {
				description:
					'Permissions to request besides publishing, such as reading replies and deleting posts. Reconnect after a change.',
			},
			authUrl: '={{$self.authBaseUrl}}/oauth/authorize',
			accessTokenUrl: '={{$self.apiBaseUrl}}/oauth/access_token',
			hosts: {
				apiBaseUrl: 'https://graph.threads.net',
				authBaseUrl: 'https://threads.net',
				webBaseUrl: 'https://www.threads.net',
			},
			domains: ['graph.threads.net'],
		}),
	];
}
