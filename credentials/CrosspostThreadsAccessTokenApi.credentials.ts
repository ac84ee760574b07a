import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

export class CrosspostThreadsAccessTokenApi implements ICredentialType {
	name = 'crosspostThreadsAccessTokenApi';

	displayName = 'Threads (Crosspost) Access Token API';

	documentationUrl =
		'https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions';

	icon = {
		light: 'file:../nodes/Threads/threads.svg',
		dark: 'file:../nodes/Threads/threads.dark.svg',
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
				'From the User Token Generator of your Meta app, under Use Cases, Access the Threads API, Settings. It is renewed as long as a workflow or the Crosspost Trigger uses this credential.',
		},
		{
			displayName: 'Threads App Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only needed for a token that lives one hour, to exchange it for one of 60 days',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://graph.threads.net',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.threads.net',
		},
		...httpRequestDomains(['graph.threads.net']),
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiBaseUrl }}',
			url: '/v1.0/me',
			qs: { fields: 'id,username' },
			headers: { authorization: '=Bearer {{ $credentials.accessToken.trim() }}' },
		},
	};
}
