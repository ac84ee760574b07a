import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { environmentExpression } from '../nodes/Pinterest/environment';
import { scopes } from '../nodes/Pinterest/scopes';
import { oAuth2Fields } from '../nodes/shared/editor/oAuth2Fields';

/** API and token endpoint use the same host, because each host refuses the other's tokens. */
const host = environmentExpression({
	production: '$self.apiBaseUrl',
	sandbox: '$self.sandboxBaseUrl',
});

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
		...oAuth2Fields({
			scopes,
			separator: ',',
			additionalScopes: {
				together: true,
				description: `Whether to request ${scopes.extended.join(', ')} too, for secret boards and Pins. Reconnect after a change.`,
			},
			authUrl: '={{ $self.webBaseUrl }}/oauth/',
			accessTokenUrl: `={{ ${host} }}/v5/oauth/token`,
			// Apps created before 2025-09-25 get a renewable connection only on request.
			additionalBodyProperties: '{"continuous_refresh":"true"}',
			authentication: 'header',
			hosts: {
				apiBaseUrl: 'https://api.pinterest.com',
				sandboxBaseUrl: 'https://api-sandbox.pinterest.com',
				environmentBaseUrl: `={{ ${host} }}`,
				webBaseUrl: 'https://www.pinterest.com',
			},
			domains: ['api.pinterest.com', 'api-sandbox.pinterest.com'],
		}),
	];
}
