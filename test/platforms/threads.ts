import { DAY } from './files';
import type { PlatformRecord } from './record';

export const threads = {
	sandboxes: { threads: async () => (await import('../sandbox/threads')).threads },
	account: {
		credential: 'crosspostThreadsOAuth2Api',
		hosts: (url) => ({ apiBaseUrl: url, authBaseUrl: url, webBaseUrl: url }),
		fetches: true,
		httpsCallbacks: true,
	},
	contract: {
		answer: { id: '1', status: 'FINISHED', permalink: 'https://example.com/1' },
		searches: [
			{ type: 'TEXT', text: '', reply: false },
			{ type: 'TEXT', text: '', reply: true },
		],
		listedPost: { post: 'https://www.threads.net/@alice/post/abc' },
		state: (id) => ({ container: id, type: 'TEXT', text: '' }),
		deciding: ['quote', 'replyTo', 'replyControl'],
	},
	echo: { file: 'picture', lostFile: true },
	watch: { kind: 'short', after: 51 * DAY, tells: 'token.refreshed' },
} satisfies PlatformRecord;
