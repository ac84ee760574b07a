import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';
import { accessTokenField, baseUrls } from '../nodes/shared/editor/credentialProperties';

export class CrosspostSampleApi implements ICredentialType {
	name = 'crosspostSampleApi';

	displayName = 'Sample Platform (Crosspost) API';

	// TODO: the vendor's page on connecting
	documentationUrl = 'https://sample.example';

	icon = {
		light: 'file:../nodes/Sample/sample.svg',
		dark: 'file:../nodes/Sample/sample.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		// TODO: where people find it
		accessTokenField('Create one in the settings of your account'),
		// TODO: the vendor's hosts
		...baseUrls({ apiBaseUrl: 'https://api.sample.example' }),
		...httpRequestDomains(['api.sample.example']),
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.apiBaseUrl }}',
			url: '/me',
			headers: { authorization: '=Bearer {{ $credentials.accessToken.trim() }}' },
		},
	};
}
