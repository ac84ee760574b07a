import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { xScopes } from '../nodes/X/scopes';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

const write = JSON.stringify(xScopes.write.join(' '));
const extended = JSON.stringify([...xScopes.write, ...xScopes.extended].join(' '));

export class CrosspostXOAuth2Api implements ICredentialType {
	name = 'crosspostXOAuth2Api';

	displayName = 'X (Crosspost) OAuth2 API';

	documentationUrl = 'https://docs.x.com/fundamentals/authentication/oauth-2-0/overview';

	extends = ['oAuth2Api'];

	icon = { light: 'file:../nodes/X/x.svg', dark: 'file:../nodes/X/x.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'pkce',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://x.com/i/oauth2/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{ $self.apiBaseUrl }}/2/oauth2/token',
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
			default: 'header',
		},
		{
			displayName: 'Additional Scopes',
			name: 'extendedScopes',
			type: 'boolean',
			default: false,
			description: `Whether to request ${xScopes.extended.join(' and ')} too. Reconnect after a change.`,
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: 'e.g. tweet.read users.read offline.access',
			description:
				'Requested instead of all others, separated by spaces. Without offline.access the connection ends after two hours.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `={{ ($self.customScope || "").trim() || ($self.extendedScopes ? ${extended} : ${write}) }}`,
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://api.x.com',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://x.com',
		},
		...httpRequestDomains(['api.x.com']),
	];
}
