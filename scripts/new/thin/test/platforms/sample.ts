import { DAY } from './files';
import type { PlatformRecord } from './record';

export const sample = {
	tier: 'thin',
	sandboxes: { sample: async () => (await import('../sandbox/sample')).sample },
	account: {
		credential: 'crosspostSampleApi',
		pasted: (url, token) => ({ apiBaseUrl: url, accessToken: token }),
	},
	contract: {
		answer: { id: '1', name: 'alice', url: 'https://sample.example/1' },
		state: () => ({}),
		deciding: [],
	},
	echo: { file: 'none' },
	watch: { after: 30 * DAY },
} satisfies PlatformRecord;
