import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { instanceExpression } from '../nodes/Mastodon/address';
import { extendedScopes, writeScopes } from '../nodes/Mastodon/scopes';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';

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
		...oAuth2Fields({
			scopes: { write: writeScopes, extended: extendedScopes },
			separator: ' ',
			additionalScopes: {
				description: `Requested besides ${writeScopes.join(', ')}. The application on the server needs the same scopes.`,
				options: [
					{
						name: 'Look Up Posts (read:search)',
						value: 'read:search',
						description: 'To reply to, quote or boost posts of other servers by their URL',
					},
				],
			},
			customScope: {
				placeholder: 'e.g. read write',
				description:
					'Requested instead of all others, separated by spaces, for servers that know only broad scopes',
			},
			scope: `={{ ($self.customScope || "").trim() || ["${writeScopes.join('", "')}"].concat($self.extendedScopes || []).join(" ") }}`,
			authUrl: instanceExpression('/oauth/authorize'),
			accessTokenUrl: instanceExpression('/oauth/token'),
			domains: 'none',
		}),
	];
}
