import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

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
			description: 'Keep this unless your account is on a server of its own (PDS)',
		},
		{
			displayName: 'Handle',
			name: 'identifier',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. alice.bsky.social',
			description: 'Your handle, without the @',
		},
		{
			displayName: 'App Password',
			name: 'appPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'xxxx-xxxx-xxxx-xxxx',
			description:
				'Make one in Bluesky under Settings, Privacy and Security, App Passwords. It is not your main password and can be revoked on its own.',
		},
		{
			displayName: 'App View Base URL',
			name: 'appViewBaseUrl',
			type: 'hidden',
			default: 'https://public.api.bsky.app',
		},
		{
			displayName: 'Video Base URL',
			name: 'videoBaseUrl',
			type: 'hidden',
			default: 'https://video.bsky.app',
		},
		{
			displayName: 'Web Base URL',
			name: 'webBaseUrl',
			type: 'hidden',
			default: 'https://bsky.app',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: '={{ $credentials.serviceUrl.trim() }}',
			url: '/xrpc/com.atproto.server.createSession',
			body: {
				identifier: '={{ $credentials.identifier.trim().replace(/^@/, "") }}',
				password: '={{ $credentials.appPassword }}',
			},
		},
	};
}
