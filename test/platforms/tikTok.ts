import type { TikTokState } from '../sandbox/tikTok/model';
import { HOUR, options, picture, upright } from './files';
import type { PlatformRecord } from './record';

const OK = { code: 'ok' };

export const tikTok = {
	sandboxes: { tikTok: async () => (await import('../sandbox/tikTok')).tikTok },
	account: {
		credential: 'crosspostTikTokOAuth2Api',
		data: () => ({ extendedScopes: ['video.list'] }),
		hosts: (url) => ({ apiBaseUrl: url, webBaseUrl: url }),
		fetches: true,
		httpsCallbacks: true,
		// TikTok returns no URL of a post that only its author sees.
		hidden: ({ posts }: TikTokState, { id }) =>
			posts.find(({ publishId }) => publishId === id)?.url,
	},
	contract: {
		answer: { data: { publish_id: '1', status: 'SEND_TO_USER_INBOX' }, error: OK },
		operationAnswer: ({ body }) => {
			const { filters } = (body ?? {}) as { filters?: { video_ids: string[] } };
			const videos = (filters?.video_ids ?? []).map((id) => ({ id }));
			const data = { videos, status: 'FAILED', privacy_level_options: ['SELF_ONLY'] };
			return { error: OK, data };
		},
		page: (cursor) => ({
			data: { videos: [], cursor: Number(cursor), has_more: true },
			error: OK,
		}),
		state: (id) => ({ publishId: id, kind: 'video', open: false }),
		deciding: [
			...['aiGenerated', 'allowComments', 'allowDuets', 'allowStitches', 'brandedContent'],
			...['postType', 'privacy', 'yourBrand'],
		],
	},
	echo: { file: 'film', options: { privacy: 'SELF_ONLY' } },
	watch: { after: 23.75 * HOUR, tells: 'token.refreshed' },
	trial: {
		posts: () => ({
			// Only public posts are listed.
			video: { files: [upright()], ...options({ privacy: 'PUBLIC_TO_EVERYONE' }) },
			photos: {
				files: [picture('one'), picture('two')],
				...options({ privacy: 'SELF_ONLY' }),
			},
		}),
		list: { resource: 'post', operation: 'getAll' },
		life: { days: 2, renewed: true },
	},
} satisfies PlatformRecord;
