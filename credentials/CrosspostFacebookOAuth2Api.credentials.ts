import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopes } from '../nodes/Facebook/scopes';
import { graphFields } from '../nodes/Meta/fields';
import { noticeField } from '../nodes/shared/editor/credentialProperties';
import { oAuth2Fields, requestedScopes } from '../nodes/shared/editor/oAuth2Fields';

const configField: INodeProperties = {
	displayName: 'Login Configuration ID',
	name: 'configId',
	type: 'string',
	default: '',
	description:
		'Of an app with Facebook Login for Business: the configuration that takes the place of the scopes',
};

export class CrosspostFacebookOAuth2Api implements ICredentialType {
	name = 'crosspostFacebookOAuth2Api';

	displayName = 'Facebook Pages (Crosspost) OAuth2 API';

	documentationUrl =
		'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Facebook/facebook.svg',
		dark: 'file:../nodes/Facebook/facebook.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		noticeField(
			'Connecting gives a token for about an hour: run Account: Get within it, which exchanges the token for one of 60 days that is then renewed.',
		),
		...oAuth2Fields({
			scopes,
			separator: ',',
			additionalScopes: {
				description:
					'Permissions to request besides publishing, such as commenting and reading insights. Reconnect after a change.',
			},
			scope: `={{$self.configId ? "" : (${requestedScopes({ scopes, separator: ',' })})}}`,
			more: [configField, ...graphFields],
			authUrl: '={{$self.webBaseUrl}}/{{$self.graphVersion}}/dialog/oauth',
			accessTokenUrl: '={{$self.apiBaseUrl}}/{{$self.graphVersion}}/oauth/access_token',
			authQueryParameters: '={{$self.configId ? "config_id=" + $self.configId.trim() : ""}}',
			hosts: { videoBaseUrl: 'https://graph-video.facebook.com' },
			domains: ['graph.facebook.com', 'graph-video.facebook.com', 'rupload.facebook.com'],
		}),
	];
}
