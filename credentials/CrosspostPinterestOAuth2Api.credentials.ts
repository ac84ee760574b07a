import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Pinterest/scopes';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

const write = JSON.stringify(scopes.write.join(','));
const extended = JSON.stringify([...scopes.write, ...scopes.extended].join(','));
/** API and tokens move together: what one host gives, the other refuses. */
const host = '$self.environment === "sandbox" ? $self.sandboxBaseUrl : $self.apiBaseUrl';

export class CrosspostPinterestOAuth2Api implements ICredentialType {
	name = 'crosspostPinterestOAuth2Api';

	displayName = 'Pinterest (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Pinterest/pinterest.svg',
		dark: 'file:../nodes/Pinterest/pinterest.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production', description: 'What people see' },
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'Boards and Pins that only you see, for apps with Trial access',
				},
			],
			default: 'production',
			description:
				'Apps with Trial access can make Pins in the sandbox only. Connect again after a change: each has tokens of its own.',
		},
		{
			displayName: 'Additional Scopes',
			name: 'extendedScopes',
			type: 'boolean',
			default: false,
			description: `Whether to request ${scopes.extended.join(', ')} too, for secret boards and Pins. Reconnect after a change.`,
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: `e.g. ${scopes.write.join(',')}`,
			description: 'Requested instead of all others, separated by commas',
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
			default: '={{ $self.webBaseUrl }}/oauth/',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${host} }}/v5/oauth/token`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			// A comma in it makes n8n separate by commas, as Pinterest wants it.
			default: `={{ ($self.customScope || "").trim() || ($self.extendedScopes ? ${extended} : ${write}) }}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			// Apps made before 2025-09-25 get a connection that can be renewed only if they ask for it.
			default: '{"continuous_refresh":"true"}',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://api.pinterest.com',
		},
		{
			displayName: 'Sandbox Base URL',
			name: 'sandboxBaseUrl',
			type: 'hidden',
			default: 'https://api-sandbox.pinterest.com',
		},
		{
			displayName: 'Environment Base URL',
			name: 'environmentBaseUrl',
			type: 'hidden',
			default: `={{ ${host} }}`,
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://www.pinterest.com',
		},
		...httpRequestDomains(['api.pinterest.com', 'api-sandbox.pinterest.com']),
	];
}
