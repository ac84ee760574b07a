import {
	binary,
	both,
	byId,
	eachList,
	eachPost,
	fromWeb,
	given,
	ofAccount,
	resuming,
	WAITING,
	waits,
	type Plan,
} from './values';

const LONG = `${'Many words make a long post. '.repeat(25)}The end.`;
const answered = (replyControl: string) => ({
	text: `For ${replyControl}`,
	options: { replyControl },
});

const publishing: Plan = {
	'Publish text': {
		...{ text: 'Hello', link: 'https://example.org/' },
		options: { ...waits, topicTag: 'news' },
	},
	'Publish with a pasted token': { authentication: 'accessToken', text: 'Hello' },
	'Publish for everyone': answered('everyone'),
	'Publish for those you follow': answered('accounts_you_follow'),
	'Publish for the author': answered('parent_post_author_only'),
	'Publish for followers': answered('followers_only'),
	'Publish for the mentioned': answered('mentioned_only'),
	'Publish a poll': { text: 'Which?', options: { poll: 'yes\nno' } },
	'Publish a picture': { text: 'One', media: binary('image', 'A picture', '0,0') },
	'Publish a film': { media: binary('film', 'A film') },
	'Publish pictures': { text: 'Two', media: both('image', '/b.jpg') },
	[WAITING]: { text: 'Film', media: binary('film'), options: { processingWait: 0 } },
	'Publish an answer': { text: 'Right', options: { replyTo: given('url') } },
	'Publish a quote': { text: 'See', options: { quote: given('post') } },
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

export const threads: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', text: LONG, media: both('image', '/film.mp4') },
		thread: { post: [{ text: 'Second', media: binary('film') }] },
		options: { longText: 'thread', poll: 'yes' },
	},
	...resuming,
	...eachPost('Delete', { operation: 'delete' }),
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { operation: 'get', post: byId(given('post')), simplify: false },
	...eachList('Get many', { operation: 'getAll' }),
	...eachPost('Get many replies', { resource: 'reply', operation: 'getAll' }),
	...eachList('Get replies', {
		...{ resource: 'reply', operation: 'getAll', post: byId(given('post')) },
	}),
	...ofAccount,
	'Get the publishing limit': { resource: 'account', operation: 'publishingLimit' },
	'Disconnect a pasted token': {
		...{ authentication: 'accessToken', resource: 'account', operation: 'disconnect' },
	},
};
