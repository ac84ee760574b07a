import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../../../../nodes/shared/editor/describe';
import { run } from '../../../../nodes/shared/run';
import { discordWebhook } from './discordWebhook';

export class DiscordWebhook implements INodeType {
	description: INodeTypeDescription = {
		...describe(discordWebhook),
		icon: { light: 'file:discordWebhook.svg', dark: 'file:discordWebhook.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostDiscordWebhookApi', required: true }],
		usableAsTool: true,
	};

	async execute(this: IExecuteFunctions) {
		return await run(this, discordWebhook);
	}
}
