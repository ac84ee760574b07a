import { HOUR } from './files';
import type { PlatformRecord } from './record';

export const x = {
	sandboxes: { x: async () => (await import('../sandbox/x')).x },
	account: {
		credential: 'crosspostXOAuth2Api',
		hosts: (url) => ({ apiBaseUrl: url, webBaseUrl: url, authUrl: `${url}/i/oauth2/authorize` }),
	},
	contract: {
		answer: { data: { id: '1' } },
		state: (id) => ({ body: {}, waiting: [{ id }] }),
		deciding: [
			...['community', 'madeWithAi', 'paidPartnership', 'quote', 'replyTo', 'shareWithFollowers'],
			'replySettings',
		],
	},
	echo: { file: 'picture', lostFile: true },
	watch: { after: 1.95 * HOUR, tells: 'token.refreshed' },
} satisfies PlatformRecord;
