import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { linkedInScopes } from '../nodes/LinkedIn/scopes';
import { VERSION } from '../nodes/LinkedIn/version';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

const member = JSON.stringify(linkedInScopes.write);
const organization = JSON.stringify(linkedInScopes.organization);

export class CrosspostLinkedInOAuth2Api implements ICredentialType {
	name = 'crosspostLinkedInOAuth2Api';

	displayName = 'LinkedIn (Crosspost) OAuth2 API';

	documentationUrl =
		'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/LinkedIn/linkedIn.svg',
		dark: 'file:../nodes/LinkedIn/linkedIn.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'The connection lasts 60 days. LinkedIn lets only approved apps renew it: with all others, connect again before it ends.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Post for Organizations',
			name: 'organizations',
			type: 'boolean',
			default: false,
			description: `Whether to request ${linkedInScopes.organization.join(', ')} too. Only with the Community Management API among the products of the app: LinkedIn refuses the whole connection otherwise. Reconnect after a change.`,
		},
		{
			displayName: 'Additional Scopes',
			name: 'extendedScopes',
			type: 'multiOptions',
			options: linkedInScopes.more.map((value) => ({ name: value, value })),
			default: [],
			description:
				'Permissions to request besides publishing, such as for comments. The app must have each of them. Reconnect after a change.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: `e.g. ${linkedInScopes.write.join(' ')}`,
			description: 'Requested instead of all others, separated by spaces',
		},
		{
			displayName: 'LinkedIn Version',
			name: 'version',
			type: 'string',
			default: VERSION,
			placeholder: `e.g. ${VERSION}`,
			description:
				'Version of the API as year and month. LinkedIn retires each about a year after it came out: enter a later one then.',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{$self.oauthBaseUrl}}/oauth/v2/authorization',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self.oauthBaseUrl}}/oauth/v2/accessToken',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `={{($self.customScope || "").trim() || ${member}.concat($self.organizations ? ${organization} : [], $self.extendedScopes || []).join(" ")}}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://api.linkedin.com',
		},
		{
			displayName: 'OAuth Base URL',
			name: 'oauthBaseUrl',
			type: 'hidden',
			default: 'https://www.linkedin.com',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.linkedin.com',
		},
		...httpRequestDomains(['api.linkedin.com', 'www.linkedin.com']),
	];
}
