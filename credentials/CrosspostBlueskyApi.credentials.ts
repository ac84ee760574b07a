import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { serviceExpression } from '../nodes/Bluesky/service';
import { httpRequestDomains } from '../nodes/shared/editor/credentialDomains';
import { baseUrls } from '../nodes/shared/editor/credentialProperties';

export class CrosspostBlueskyApi implements ICredentialType {
	name = 'crosspostBlueskyApi';

	displayName = 'Bluesky (Crosspost) API';

	documentationUrl = 'https://docs.bsky.app/docs/get-started';

	icon = {
		light: 'file:../nodes/Bluesky/bluesky.svg',
		dark: 'file:../nodes/Bluesky/bluesky.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Service URL',
			name: 'serviceUrl',
			type: 'string',
			default: 'https://bsky.social',
			description: 'Change this only if your account is on another server (PDS)',
		},
		{
			displayName: 'Handle',
			name: 'identifier',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. alice.bsky.social',
			description:
				'Your handle without the @. A DID or the e-mail address of the account works too.',
		},
		{
			displayName: 'App Password',
			name: 'appPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. xxxx-xxxx-xxxx-xxxx',
			description:
				'Create one in Bluesky under Settings, Privacy and Security, App Passwords. Do not use your main password.',
		},
		...baseUrls({
			appViewBaseUrl: 'https://public.api.bsky.app',
			videoBaseUrl: 'https://video.bsky.app',
			webBaseUrl: 'https://bsky.app',
		}),
		...httpRequestDomains('none'),
	];

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: serviceExpression('$credentials.serviceUrl'),
			url: '/xrpc/com.atproto.server.createSession',
			body: {
				identifier: '={{ String($credentials.identifier || "").trim().replace(/^@/, "") }}',
				password: '={{ $credentials.appPassword }}',
			},
		},
	};
}
