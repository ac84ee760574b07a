import { options, picture, upright, wide } from './files';
import type { PlatformRecord } from './record';

const PAGE = { id: '2', instagram_business_account: { id: '3', username: 'alice' } };
const ME = '17841400000000099';

export const instagram = {
	sandboxes: { instagram: async () => (await import('../sandbox/instagram')).instagram },
	account: {
		credential: 'crosspostInstagramOAuth2Api',
		hosts: (url) => ({ apiBaseUrl: url, tokenBaseUrl: url, authBaseUrl: url, webBaseUrl: url }),
		fetches: true,
		httpsCallbacks: true,
	},
	contract: {
		// Only this login has several accounts and can delete posts.
		credential: { login: 'facebookLogin' },
		answer: {
			...{ id: '1', username: 'alice', status_code: 'FINISHED' },
			permalink: 'https://example.com/1',
		},
		operationAnswer: ({ url }) => (url.endsWith('/me/accounts') ? { data: [PAGE] } : undefined),
		searches: [{ place: '1', kind: 'image', caption: '' }],
		listedPost: { target: ME, post: 'https://www.instagram.com/p/abc/' },
		state: (id) => ({ place: id, container: id, kind: 'image', caption: '', comment: 'a' }),
		deciding: ['aiGenerated', 'postType', 'shareToFeed', 'trialReel'],
	},
	echo: {
		file: 'photo',
		target: { choice: 'facebookLogin' },
		beside: { facebookLogin: 'facebook' },
		digested: ['facebookLogin', 'accessToken'],
		lostFile: true,
	},
	trial: {
		posts: () => ({
			image: { files: [picture('one')] },
			carousel: { files: [picture('one'), picture('two'), wide()] },
			reel: { files: [upright()], ...options({ postType: 'reel' }) },
			'photo story': { files: [picture('one')], ...options({ postType: 'story' }) },
			'video story': { files: [upright()], ...options({ postType: 'story' }) },
		}),
		list: { resource: 'post', operation: 'getAll' },
		life: { days: 61, renewed: false },
	},
} satisfies PlatformRecord;
