import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseExpression } from '../nodes/Mastodon/address';
import { writeScopes } from '../nodes/Mastodon/scopes';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';
import { accessTokenField } from '../nodes/shared/editor/credentialProperties';

export class CrosspostMastodonAccessTokenApi implements ICredentialType {
	name = 'crosspostMastodonAccessTokenApi';

	displayName = 'Mastodon (Crosspost) Access Token API';

	documentationUrl = 'https://docs.joinmastodon.org/client/token';

	icon = {
		light: 'file:../nodes/Mastodon/mastodon.svg',
		dark: 'file:../nodes/Mastodon/mastodon.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Instance URL',
			name: 'instanceUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://mastodon.social',
			description: 'The server of your account',
		},
		accessTokenField(
			`Create an application on the server under Preferences, Development, with the scopes ${writeScopes.join(', ')}, and copy "Your access token"`,
		),
		...httpRequestDomains('none'),
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: baseExpression('$credentials.instanceUrl', ''),
			url: '/api/v1/accounts/verify_credentials',
			headers: { authorization: '=Bearer {{ $credentials.accessToken.trim() }}' },
		},
	};
}
