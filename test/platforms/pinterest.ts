import type { PinterestState } from '../sandbox/pinterest/model';
import { DAY, picture, upright } from './files';
import type { PlatformRecord } from './record';

const place = ({ boards: [{ id }] }: PinterestState) => id;
/**
 * A file at the address where n8n's webhook was called. The platform cannot reach it, so n8n sends
 * the bytes.
 */
const served = { source: 'url', url: '=http://{{ $json.headers.host }}/static/og_image.png' };

export const pinterest = {
	sandboxes: { pinterest: async () => (await import('../sandbox/pinterest')).pinterest },
	account: {
		credential: 'crosspostPinterestOAuth2Api',
		hosts: (url) => ({
			...{ apiBaseUrl: url, sandboxBaseUrl: `${url}/api-sandbox`, webBaseUrl: url },
		}),
		fetches: true,
		target: place,
	},
	contract: {
		answer: { id: '1', username: 'alice', status: 'FINISHED' },
		searches: [{ board_id: '1' }],
		state: (id) => ({ film: id, body: { board_id: id }, cover: {} }),
		deciding: ['boardSection'],
	},
	echo: { file: 'film', target: { in: place }, lostFile: true },
	watch: { after: 29.5 * DAY, tells: 'token.refreshed' },
	trial: {
		posts: () => ({
			image: { files: [picture('one')] },
			'image from a URL': { parameters: { media: { medium: [served] } } },
			images: { files: [picture('one'), picture('two')] },
			video: { files: [upright(), picture('cover')] },
		}),
		list: { resource: 'board', operation: 'getAll' },
		life: { days: 31, renewed: true },
	},
} satisfies PlatformRecord;
