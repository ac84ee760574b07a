import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { instanceExpression } from '../nodes/Mastodon/address';
import { writeScopes } from '../nodes/Mastodon/scopes';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';

export class CrosspostMastodonOAuth2Api implements ICredentialType {
	name = 'crosspostMastodonOAuth2Api';

	displayName = 'Mastodon (Crosspost) OAuth2 API';

	documentationUrl = 'https://docs.joinmastodon.org/client/token';

	extends = ['oAuth2Api'];

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
			description:
				'The server of your account. Create an application there under Preferences, Development, with the redirect URL above and the scopes below.',
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
			default: instanceExpression('/oauth/authorize'),
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: instanceExpression('/oauth/token'),
			required: true,
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
			displayName: 'Additional Scopes',
			name: 'extendedScopes',
			type: 'multiOptions',
			options: [
				{
					name: 'Look Up Posts (read:search)',
					value: 'read:search',
					description: 'To reply to, quote or boost posts of other servers by their URL',
				},
			],
			default: [],
			description: `Requested besides ${writeScopes.join(', ')}. The application on the server needs the same scopes.`,
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: 'e.g. read write',
			description:
				'Requested instead of all others, separated by spaces, for servers that know only broad scopes',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: `={{ ($self.customScope || "").trim() || ["${writeScopes.join('", "')}"].concat($self.extendedScopes || []).join(" ") }}`,
		},
		...httpRequestDomains('none'),
	];
}
