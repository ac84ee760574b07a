import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { linkedInScopes as scopes } from '../nodes/LinkedIn/scopes';
import { VERSION } from '../nodes/LinkedIn/version';
import { noticeField } from '../nodes/shared/editor/credentialProperties';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';

const member = JSON.stringify(scopes.write);
const organization = JSON.stringify(scopes.organization);
const versionField: INodeProperties = {
	displayName: 'LinkedIn Version',
	name: 'version',
	type: 'string',
	default: VERSION,
	placeholder: `e.g. ${VERSION}`,
	description:
		'Version of the API as year and month. LinkedIn retires each about a year after it came out: enter a later one then.',
};

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
		noticeField(
			'The connection lasts 60 days. LinkedIn lets only approved apps renew it: with all others, connect again before it ends.',
		),
		{
			displayName: 'Post for Organizations',
			name: 'organizations',
			type: 'boolean',
			default: false,
			description: `Whether to request ${scopes.organization.join(', ')} too. Only with the Community Management API among the products of the app: LinkedIn refuses the whole connection otherwise. Reconnect after a change.`,
		},
		...oAuth2Fields({
			scopes: { write: scopes.write, extended: scopes.more },
			separator: ' ',
			additionalScopes: {
				description:
					'Permissions to request besides publishing, such as for comments. The app must have each of them. Reconnect after a change.',
			},
			scope: `={{($self.customScope || "").trim() || ${member}.concat($self.organizations ? ${organization} : [], $self.extendedScopes || []).join(" ")}}`,
			more: [versionField],
			authUrl: '={{$self.oauthBaseUrl}}/oauth/v2/authorization',
			accessTokenUrl: '={{$self.oauthBaseUrl}}/oauth/v2/accessToken',
			hosts: {
				apiBaseUrl: 'https://api.linkedin.com',
				oauthBaseUrl: 'https://www.linkedin.com',
				webBaseUrl: 'https://www.linkedin.com',
			},
			domains: ['api.linkedin.com', 'www.linkedin.com'],
		}),
	];
}
