import {
	binary,
	byId,
	byUrl,
	eachList,
	eachPost,
	fromList,
	fromWeb,
	given,
	inTwoDays,
	ofAccount,
	resuming,
	WAITING,
	waits,
	type Plan,
} from './values';

const page = { target: byId(given('page')) };
const pageOfList = { target: fromList(given('page'), 'Demo Page') };
const ofComment = { resource: 'comment', ...page };
const day = (number: number) => `2025-10-0${number}T00:00:00.000Z`;

const publishing: Plan = {
	'Publish text': {
		...{ ...pageOfList, text: 'Hello' },
		options: { ...waits, firstComment: '#news', postType: 'feed' },
	},
	'Publish with a pasted token': { authentication: 'accessToken', ...page, text: 'Hello' },
	'Publish a link': { ...page, text: 'Read', link: 'https://example.org/' },
	'Publish later': { ...page, text: 'Later', options: { scheduledAt: inTwoDays } },
	'Publish a picture': { ...page, text: 'One', media: binary('image', 'A picture', '0,0') },
	'Publish pictures': {
		...{ ...page, text: 'Two' },
		media: { medium: [...(fromWeb('/a.png', '/b.jpg').medium as object[])] },
	},
	'Publish a film': {
		...{ ...page, text: 'Film', media: binary('wide') },
		options: { title: 'Title' },
	},
	[WAITING]: { ...page, text: 'Film', media: binary('wide'), options: { processingWait: 0 } },
	'Publish a Reel': { ...page, text: 'Reel', media: binary('film'), options: { postType: 'reel' } },
	'Publish a picture story': { ...page, media: binary('image'), options: { postType: 'story' } },
	'Publish a film story': { ...page, media: binary('film'), options: { postType: 'story' } },
};

const comments: Plan = {
	...eachPost(
		'Create a comment',
		{ ...ofComment, operation: 'create', message: 'Thanks' },
		pageOfList,
	),
	'Delete a comment of a Page from the list': {
		...{ resource: 'comment', operation: 'delete', ...pageOfList },
		commentId: given('comment'),
	},
	'Delete a comment': { ...ofComment, operation: 'delete', commentId: given('comment') },
	'Hide a comment': { ...ofComment, operation: 'setVisibility', commentId: given('comment') },
	'Show a comment': {
		...{ ...ofComment, ...pageOfList, operation: 'setVisibility' },
		...{ commentId: given('comment'), hide: false },
	},
	...eachList(
		'Get many comments',
		{ ...ofComment, operation: 'getAll', post: byId(given('post')) },
		false,
	),
	'Get many comments by URL': { ...ofComment, operation: 'getAll', post: byUrl(given('url')) },
	'Get many comments from the list': {
		...{ ...ofComment, operation: 'getAll', post: fromList(given('post')) },
	},
	'Get many comments of a Page from the list': {
		...{ resource: 'comment', operation: 'getAll', post: byId(given('post')) },
		...pageOfList,
	},
};

const insights: Plan = {
	...eachPost('Get insights', { ...page, operation: 'getInsights' }, pageOfList),
	'Get some insights': {
		...{ ...page, operation: 'getInsights', post: byId(given('post')) },
		metrics: 'post_clicks, post_media_view',
	},
	'Get insights of a Page': { resource: 'page', operation: 'getInsights', ...page },
	'Get insights of some days': {
		...{ resource: 'page', operation: 'getInsights', ...pageOfList },
		...{ metrics: 'page_follows', period: 'days_28', since: day(1), until: day(5) },
	},
	'Get insights of a week': {
		...{ resource: 'page', operation: 'getInsights', ...page, period: 'week' },
	},
};

export const facebook: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', ...page, text: 'Hello', link: 'https://example.org/' },
		...{ media: binary('image,wide'), options: { postType: 'reel', title: 'Title' } },
	},
	...resuming,
	...eachPost('Delete', { ...page, operation: 'delete' }, pageOfList),
	...eachPost('Get', { ...page, operation: 'get' }, pageOfList),
	'Get in full': { ...page, operation: 'get', post: byId(given('post')), simplify: false },
	...eachList('Get many', { ...page, operation: 'getAll' }),
	'Get many of the feed': { ...pageOfList, operation: 'getAll', show: 'feed' },
	'Get many scheduled': { ...page, operation: 'getAll', show: 'scheduled_posts' },
	...eachPost('Update', { ...page, operation: 'update', text: 'Better' }, pageOfList),
	Move: {
		...{ ...page, operation: 'update', post: byId(given('scheduled')) },
		scheduleFor: '={{ $now.plus({ days: 3 }).toISO() }}',
	},
	'Publish now': {
		...{ ...page, operation: 'update', post: byId(given('scheduled')), publishNow: true },
	},
	...comments,
	...insights,
	...eachList('Get many Pages', { resource: 'page', operation: 'getAll' }, false),
	...ofAccount,
	'Disconnect a pasted token': {
		...{ authentication: 'accessToken', resource: 'account', operation: 'disconnect' },
	},
};
