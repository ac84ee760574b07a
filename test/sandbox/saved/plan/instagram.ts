import {
	binary,
	byId,
	byUrl,
	eachList,
	eachPost,
	fromList,
	fromWeb,
	given,
	ofAccount,
	resuming,
	WAITING,
	waits,
	WEB,
	type Plan,
} from './values';

const byFacebook = { authentication: 'facebookLogin', target: byId(given('account')) };
const ofComment = { resource: 'comment' };
const chosen = { authentication: 'facebookLogin', target: fromList(given('account'), 'demo') };
const all = {
	reel: [
		...['comments', 'follows', 'ig_reels_avg_watch_time', 'ig_reels_video_view_total_time'],
		...['likes', 'profile_activity', 'profile_visits', 'reach', 'reels_skip_rate', 'replies'],
		...['reposts', 'saved', 'shares', 'total_interactions', 'views'],
	],
	story: ['navigation', 'reach', 'replies', 'views'],
	account: [
		...['accounts_engaged', 'comments', 'follows_and_unfollows', 'likes', 'profile_links_taps'],
		...['reach', 'replies', 'reposts', 'saves', 'shares', 'total_interactions', 'views'],
	],
};

const publishing: Plan = {
	'Publish a picture': {
		...{ text: 'Hello', link: 'https://example.org/', media: binary('image', 'A picture', '0,0') },
		options: {
			...{ collaborators: 'second', firstComment: '#news', locationId: '7640348500' },
			...{ userTags: 'second 0.5,0.8', aiGenerated: true, postType: 'post', ...waits },
		},
	},
	'Publish with a pasted token': {
		...{ authentication: 'accessToken', text: 'Hello', media: fromWeb('/b.jpg') },
	},
	'Publish by Facebook': { ...chosen, text: 'Hello', media: binary('image', 'A picture') },
	'Publish a Reel': {
		...{ text: 'Reel', media: binary('film') },
		options: {
			...{ postType: 'reel', audioName: 'My sound', coverUrl: `${WEB}/b.jpg` },
			...{ shareToFeed: false, trialReel: 'MANUAL' },
		},
	},
	'Publish a Reel on trial': {
		...{ text: 'Reel', media: binary('film') },
		options: { postType: 'reel', trialReel: 'SS_PERFORMANCE', thumbOffset: 2000 },
	},
	'Publish a Reel for all': {
		...{ text: 'Reel', media: fromWeb('/film.mp4') },
		options: { postType: 'reel', trialReel: 'no', shareToFeed: true },
	},
	'Publish a Reel by Facebook': { ...byFacebook, text: 'Reel', media: binary('film') },
	'Publish a carousel': { text: 'Three', media: binary('image, second, film', 'One\nTwo') },
	'Publish a carousel by Facebook': { ...byFacebook, media: binary('image, film', 'One') },
	'Publish a story': { media: binary('image'), options: { postType: 'story' } },
	'Publish a film story': { media: binary('film'), options: { postType: 'story' } },
	[WAITING]: { text: 'Film', media: binary('film'), options: { processingWait: 0 } },
};

const comments: Plan = {
	...eachPost('Create a comment', { ...ofComment, operation: 'create', message: 'Thanks' }),
	'Create a comment by Facebook': {
		...{ ...ofComment, ...byFacebook, operation: 'create', message: 'Thanks' },
		post: byId(given('post')),
	},
	'Delete a comment': { ...ofComment, operation: 'delete', comment: given('comment') },
	'Hide a comment': { ...ofComment, operation: 'hide', comment: given('comment') },
	'Show a comment': {
		...{ ...ofComment, operation: 'hide', comment: given('comment'), hidden: false },
	},
	'Reply to a comment': {
		...{ ...ofComment, operation: 'reply', comment: given('comment'), message: 'You too' },
	},
	...eachList('Get many comments', {
		...{ ...ofComment, operation: 'getAll', post: byId(given('post')) },
	}),
	'Get many comments by URL': {
		...{ ...ofComment, ...byFacebook, operation: 'getAll', post: byUrl(given('url')) },
	},
	'Get many comments from the list': {
		...{ ...ofComment, ...chosen, operation: 'getAll', post: fromList(given('post')) },
	},
};

const insights: Plan = {
	...eachPost('Get insights', { operation: 'insights' }),
	'Get all insights of a Reel': {
		...{ ...byFacebook, operation: 'insights', post: byId(given('reel')) },
		...{ metrics: all.reel, simplify: false },
	},
	'Get all insights of a story': {
		...{ ...chosen, operation: 'insights', post: byId(given('story')), metrics: all.story },
	},
	'Get insights of the account': { resource: 'account', operation: 'insights' },
	'Get insights of the account by Facebook': {
		...{ resource: 'account', operation: 'insights', ...byFacebook },
	},
	'Get all insights of the account': {
		...{ resource: 'account', operation: 'insights', ...chosen, simplify: false },
		...{
			metrics: all.account,
			since: '2025-10-01T00:00:00.000Z',
			until: '2025-10-05T00:00:00.000Z',
		},
	},
};

export const instagram: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', text: 'Hello', media: binary('image', 'A picture') },
		options: { userTags: '3: second', collaborators: 'a b c d' },
	},
	...resuming,
	...eachPost('Delete', { ...byFacebook, operation: 'delete' }, chosen),
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { ...byFacebook, operation: 'get', post: byId(given('post')), simplify: false },
	...eachList('Get many', { operation: 'getAll' }),
	'Get many by Facebook': { ...byFacebook, operation: 'getAll' },
	'Get many stories': { ...chosen, operation: 'getAll', list: 'stories' },
	...comments,
	...insights,
	...ofAccount,
	'Get the account by Facebook': {
		...{ authentication: 'facebookLogin', resource: 'account', operation: 'get' },
	},
	'Get the account with a pasted token': {
		...{ authentication: 'accessToken', resource: 'account', operation: 'get' },
	},
	...eachList(
		'Get many accounts',
		{ authentication: 'facebookLogin', resource: 'account', operation: 'getAll' },
		false,
	),
	'Get the publishing limit': { resource: 'account', operation: 'publishingLimit' },
	'Get the publishing limit by Facebook': {
		...{ resource: 'account', operation: 'publishingLimit', ...byFacebook },
	},
};
