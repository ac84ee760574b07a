import type { FacebookState } from '../sandbox/facebook/model';
import { DAY, options, picture, upright, wide } from './files';
import type { PlatformRecord } from './record';

/** A Page that the user's account manages. */
const PAGE = { id: '2' };
const place = ({ pages: [{ id }] }: FacebookState) => id;

export const facebook = {
	sandboxes: { facebook: async () => (await import('../sandbox/facebook')).facebook },
	account: {
		credential: 'crosspostFacebookOAuth2Api',
		hosts: (url) => ({ apiBaseUrl: url, videoBaseUrl: url, webBaseUrl: url }),
		fetches: true,
		httpsCallbacks: true,
		target: place,
	},
	contract: {
		answer: { id: '1_2', access_token: 'page' },
		operationAnswer: ({ url }) => (url.endsWith('/me/accounts') ? { data: [PAGE] } : undefined),
		searches: ['feed', 'photoStory'].flatMap((kind) => [
			{ state: { page: '1', kind }, link: '' },
			{ state: { page: '1', kind, scheduled: 1 }, link: '' },
		]),
		listedPost: { target: '1', post: 'https://www.facebook.com/alice/posts/pfbid0abc' },
		state: (id) => ({ page: '1234567890', kind: 'video', video: id, post: id, comment: 'a' }),
		deciding: ['postType', 'scheduledAt'],
	},
	echo: {
		file: 'film',
		options: { title: 'Title' },
		target: { in: place },
		digested: ['oAuth2', 'accessToken'],
	},
	watch: { after: 51 * DAY, tells: 'token.refreshed' },
	trial: {
		posts: () => ({
			text: {},
			link: { parameters: { link: 'https://example.com/article' } },
			photo: { files: [picture('one')] },
			photos: { files: [picture('one'), picture('two')] },
			video: { files: [wide()] },
			reel: { files: [upright()], ...options({ postType: 'reel' }) },
			'photo story': { files: [picture('one')], ...options({ postType: 'story' }) },
			'video story': { files: [upright()], ...options({ postType: 'story' }) },
		}),
		list: { resource: 'page', operation: 'getAll' },
		life: { days: 61, renewed: false },
	},
} satisfies PlatformRecord;
