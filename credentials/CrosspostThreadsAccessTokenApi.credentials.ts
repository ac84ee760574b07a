import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';
import {
	accessTokenField,
	baseUrls,
	secretField,
} from '../nodes/shared/editor/credentialProperties';

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
		accessTokenField(
			'From the User Token Generator of your Meta app, under Use Cases, Access the Threads API, Settings. It is renewed as long as a workflow or the Crosspost Trigger uses this credential.',
		),
		secretField(
			'Threads App Secret',
			'clientSecret',
			'Only needed for a token that lives one hour, to exchange it for one of 60 days',
		),
		...baseUrls({ apiBaseUrl: 'https://graph.threads.net', webBaseUrl: 'https://www.threads.net' }),
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
