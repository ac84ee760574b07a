import {
	binary,
	both,
	byId,
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

const LIST = 'at://did:plc:alice/app.bsky.graph.list/3kaaaaaaaaaaa';
const LONG = `${'Many words make a long post. '.repeat(15)}The end.`;

const publishing: Plan = {
	'Publish text': {
		text: 'Hello @bob.test, see https://example.com/a?b=1 #news',
		options: {
			...{ langs: 'en, de', quotes: false, ...waits },
			labels: ['graphic-media', 'nudity', 'porn', 'sexual'],
			replies: ['followerRule', 'mentionRule', 'followingRule'],
			replyList: fromList(LIST, 'Friends'),
		},
	},
	'Publish for nobody': { text: 'Quiet', options: { replies: ['nobody'], quotes: true } },
	'Publish for a list': { text: 'For some', options: { replyList: byId(LIST) } },
	'Publish a link': {
		...{ text: 'Read', link: `${WEB}/article` },
		options: { card: 'auto' },
	},
	'Publish a link with a card of its own': {
		...{ text: 'Read', link: `${WEB}/article` },
		options: {
			...{ cardTitle: 'My title', cardDescription: 'My words', cardImage: `${WEB}/a.png` },
		},
	},
	'Publish a link in the text': {
		...{ text: 'Read', link: `${WEB}/article` },
		options: { card: 'none' },
	},
	'Publish pictures': { text: 'Two', media: both('image', '/b.jpg') },
	'Publish five pictures': { media: binary('image,second,image,second,image', 'A\nB\nC\nD\nE') },
	'Publish a film': {
		...{ text: 'Film', media: binary('film', 'A film') },
		options: { videoUpload: 'service' },
	},
	'Publish a film to the server': {
		...{ text: 'Film', media: binary('film', 'A film') },
		options: { videoUpload: 'pds' },
	},
	[WAITING]: { text: 'Film', media: binary('film'), options: { processingWait: 0 } },
	'Publish an answer with a quote': {
		text: 'Both',
		options: { replyTo: given('url'), quote: given('second') },
	},
	'Publish a thread': {
		text: 'First',
		thread: {
			post: [
				{ text: 'Second', media: binary('image', 'A picture', '0.1,0.1') },
				{ text: 'Third', media: fromWeb('/b.jpg') },
			],
		},
	},
	'Publish a long text': { text: LONG, options: { longText: 'thread' } },
	'Publish a long text without numbers': {
		text: LONG,
		options: { longText: 'thread', numbering: false },
	},
	'Publish no long text': { text: LONG, options: { longText: 'refuse' } },
};

export const bluesky: Plan = {
	...publishing,
	'Validate a post': {
		...{
			operation: 'validate',
			text: LONG,
			link: `${WEB}/article`,
			media: both('image', '/b.jpg'),
		},
		thread: { post: [{ text: 'Second', media: binary('film') }] },
		options: { longText: 'thread', langs: 'en, de, fr, it' },
	},
	...resuming,
	...eachPost('Delete', { operation: 'delete' }),
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { operation: 'get', post: byId(given('post')), simplify: false },
	'Get one of somebody else': { operation: 'get', post: byId(given('second')) },
	...eachList('Get many', { operation: 'getAll' }),
	'Get many of somebody else': { operation: 'getAll', author: 'bob.test' },
	...ofAccount,
	'Resolve a handle': { resource: 'account', operation: 'resolveHandle', handle: 'bob.test' },
};
