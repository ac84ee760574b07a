import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';
import { xScopes } from '../nodes/X/scopes';

export class CrosspostXOAuth2Api implements ICredentialType {
	name = 'crosspostXOAuth2Api';

	displayName = 'X (Crosspost) OAuth2 API';

	documentationUrl = 'https://docs.x.com/fundamentals/authentication/oauth-2-0/overview';

	extends = ['oAuth2Api'];

	icon = { light: 'file:../nodes/X/x.svg', dark: 'file:../nodes/X/x.dark.svg' } as const;

	properties: INodeProperties[] = oAuth2Fields({
		scopes: xScopes,
		separator: ' ',
		additionalScopes: {
			together: true,
			description: `Whether to request ${xScopes.extended.join(' and ')} too. Reconnect after a change.`,
		},
		customScope: {
			placeholder: 'e.g. tweet.read users.read offline.access',
			description:
				'Requested instead of all others, separated by spaces. Without offline.access the connection ends after two hours.',
		},
		grantType: 'pkce',
		authUrl: 'https://x.com/i/oauth2/authorize',
		accessTokenUrl: '={{ $self.apiBaseUrl }}/2/oauth2/token',
		authentication: 'header',
		hosts: { apiBaseUrl: 'https://api.x.com', webBaseUrl: 'https://x.com' },
		domains: ['api.x.com'],
	});
}
