import {
	binary,
	both,
	byId,
	eachList,
	eachPost,
	fromWeb,
	given,
	inTwoDays,
	ofAccount,
	resuming,
	WAITING,
	waits,
	WEB,
	type Plan,
} from './values';

const LONG = `${'Many words make a long post. '.repeat(25)}The end.`;
const scheduled = { resource: 'scheduledPost' };
const seen = (visibility: string, quotePolicy: string) => ({
	text: `For ${visibility}`,
	options: { visibility, quotePolicy },
});

const publishing: Plan = {
	'Publish text': {
		...{ text: 'Hello @bob@other.example', link: `${WEB}/article` },
		options: { ...waits, contentWarning: 'News', language: 'en', sensitive: true },
	},
	'Publish with a pasted token': { authentication: 'accessToken', text: 'Hello' },
	'Publish as usual': seen('default', 'default'),
	'Publish in public': seen('public', 'public'),
	'Publish unlisted': seen('unlisted', 'followers'),
	'Publish for followers': seen('private', 'nobody'),
	'Publish for the mentioned': { text: '@second Hi', options: { visibility: 'direct' } },
	'Publish pictures': { text: 'Two', media: both('image', '/b.jpg') },
	'Publish a film': { media: binary('film', 'A film'), options: { cover: `${WEB}/b.jpg` } },
	'Publish a GIF': { text: 'Loop', media: binary('loop') },
	[WAITING]: { text: 'Film', media: binary('film'), options: { processingWait: 0 } },
	'Publish a poll': { text: 'Which?', options: { poll: { poll: { answers: 'this\nthat' } } } },
	'Publish another poll': {
		text: 'Which ones?',
		options: {
			poll: { poll: { answers: 'this\nthat', minutes: 60, hideTotals: true, multiple: true } },
		},
	},
	'Publish an answer': { text: 'Right', options: { replyTo: given('secondUrl') } },
	'Publish a quote': { text: 'See', options: { quote: given('second') } },
	'Publish later': { text: 'Later', options: { scheduledAt: inTwoDays } },
	'Publish a thread': {
		text: 'First',
		thread: {
			post: [
				{ text: 'Second', media: binary('image', 'A picture', '0.1,0.1') },
				{ text: 'Third', media: fromWeb('/b.jpg') },
			],
		},
	},
	'Publish a long text': { text: LONG, options: { longText: 'thread', numbering: true } },
	'Publish a long text without numbers': {
		text: LONG,
		options: { longText: 'thread', numbering: false },
	},
	'Publish no long text': { text: LONG, options: { longText: 'refuse' } },
};

export const mastodon: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', text: LONG, media: both('image', '/film.mp4') },
		thread: { post: [{ text: 'Second', media: binary('film') }] },
		options: { longText: 'thread', scheduledAt: inTwoDays },
	},
	...resuming,
	...eachPost('Boost', { operation: 'boost' }),
	'Boost in full': { operation: 'boost', post: byId(given('second')), simplify: false },
	...eachPost('Unboost', { operation: 'unboost' }),
	...eachPost('Delete', { operation: 'delete' }),
	...eachPost('Edit', { operation: 'edit', text: 'Better' }),
	'Edit all': {
		...{ operation: 'edit', post: byId(given('post')), text: 'Better', simplify: false },
		changes: { contentWarning: 'News', language: 'de', sensitive: true },
	},
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { operation: 'get', post: byId(given('second')), simplify: false },
	...eachList('Get many', { operation: 'getAll' }),
	'Get many with boosts': { operation: 'getAll', boosts: true, replies: false },
	...eachList('Get many scheduled', { ...scheduled, operation: 'getAll' }),
	'Delete a scheduled post': {
		...{ ...scheduled, operation: 'delete', scheduledId: given('scheduled') },
	},
	...ofAccount,
	'Disconnect a pasted token': {
		...{ authentication: 'accessToken', resource: 'account', operation: 'disconnect' },
	},
};
