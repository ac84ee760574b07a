import { staticToken } from '../../../../nodes/shared/connection/staticToken';
import type { Platform } from '../../../../nodes/shared/contract/platform';
import { explain } from './errors';
import { discordWebhookOperations } from './operations';
import { discordWebhookOptions } from './options';
import { publish, webhook } from './publish';
import { check } from './rules';

const MIB = 1024 * 1024;
/** https://docs.discord.com/developers/reference#uploading-files */
const file = { count: 10, bytes: 10 * MIB, from: 'bytes', alt: 1024 } as const;

export const discordWebhook: Platform = {
	id: 'discordWebhook',
	name: 'Discord Webhook',
	docs: 'https://docs.discord.com/developers/resources/webhook#execute-webhook',
	credentials: [
		{
			choice: 'webhookUrl',
			name: 'Webhook URL',
			type: 'crosspostDiscordWebhookApi',
			host: 'webhookUrl',
			// The URL that Discord shows has no version; without one, Discord uses an old version.
			base: (typed) => typed.trim().replace(/\/api(?:\/v\d+)?\/webhooks\//, '/api/v10/webhooks/'),
			auth: 'none',
			secrets: ['webhookUrl'],
			token: staticToken('discordWebhook', 'webhookUrl', 'Webhook URL'),
			manage: 'https://support.discord.com/hc/articles/228383668-Intro-to-Webhooks',
		},
	],
	limits: {
		// https://docs.discord.com/developers/resources/webhook#execute-webhook
		text: { max: 2000, unit: 'codePoints' },
		textOptional: true,
		media: {
			image: {
				...file,
				types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'],
			},
			video: { ...file, types: ['video/mp4', 'video/quicktime', 'video/webm'] },
			audio: {
				...file,
				types: ['audio/mpeg', 'audio/mp4', 'audio/wav', 'audio/ogg', 'audio/flac'],
			},
			document: { ...file, types: ['application/pdf', 'application/zip'] },
		},
		mixed: { kinds: ['image', 'video', 'audio', 'document'], count: 10 },
	},
	options: discordWebhookOptions,
	operations: discordWebhookOperations,

	whoami: async (api) => {
		const { id, name, channel_id, guild_id } = await webhook(api);
		return {
			...{ id, name, url: `https://discord.com/channels/${guild_id}/${channel_id}` },
			details: { channelId: channel_id, guildId: guild_id },
		};
	},
	publish,
	check,
	explain,
};
