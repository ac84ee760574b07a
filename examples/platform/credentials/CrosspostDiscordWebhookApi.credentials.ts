import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { httpRequestDomains } from '../../../nodes/shared/editor/credentialDomains';
import { secretField } from '../../../nodes/shared/editor/credentialProperties';

export class CrosspostDiscordWebhookApi implements ICredentialType {
	name = 'crosspostDiscordWebhookApi';

	displayName = 'Discord Webhook (Crosspost) API';

	documentationUrl = 'https://support.discord.com/hc/articles/228383668-Intro-to-Webhooks';

	icon = {
		light: 'file:../nodes/DiscordWebhook/discordWebhook.svg',
		dark: 'file:../nodes/DiscordWebhook/discordWebhook.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			...secretField(
				'Webhook URL',
				'webhookUrl',
				'Copy it in Discord under Edit Channel, Integrations, Webhooks',
			),
			required: true,
			placeholder: 'e.g. https://discord.com/api/webhooks/1122334455667788990/AbCdEf',
		},
		...httpRequestDomains('none'),
	];

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.webhookUrl.trim() }}', url: '' },
	};
}
