import { DAY } from '@/test/platforms/files';
import type { PlatformRecord } from '@/test/platforms/record';

export const discordWebhook = {
	tier: 'thin',
	sandboxes: {
		discordWebhook: async () => (await import('../sandbox/discordWebhook')).discordWebhook,
	},
	account: {
		credential: 'crosspostDiscordWebhookApi',
		pasted: (url, token) => ({ webhookUrl: `${url}/api/webhooks/1200000000000000001/${token}` }),
	},
	contract: {
		answer: { id: '1', name: 'alice', channel_id: '2', guild_id: '3' },
		state: () => ({}),
		deciding: ['threadId'],
	},
	echo: { file: 'picture', lostFile: true },
	watch: { after: 30 * DAY },
} satisfies PlatformRecord;
