import {
	binary,
	both,
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
	type Plan,
} from './values';

const LONG = `${'Many words make a long post. '.repeat(15)}The end.`;
const answered = (replySettings: string) => ({
	text: `For ${replySettings}`,
	options: { replySettings },
});
const within = (community: object, shareWithFollowers: boolean) => ({
	text: 'Hello',
	options: { community, shareWithFollowers },
});

const publishing: Plan = {
	'Publish text': {
		...{ text: 'Hello @second #news', link: 'https://example.org/' },
		options: { ...waits, madeWithAi: true, paidPartnership: true, cap: 10 },
	},
	'Publish for everyone': answered('everyone'),
	'Publish for the mentioned': answered('mentionedUsers'),
	'Publish for those you follow': answered('following'),
	'Publish for subscribers': answered('subscribers'),
	'Publish for the verified': answered('verified'),
	'Publish into a community': within(fromList(given('community'), 'Makers'), true),
	'Publish into a community by URL': within(
		byUrl('=https://x.com/i/communities/{{ $json.community }}'),
		false,
	),
	'Publish into a community by ID': within(byId(given('community')), false),
	'Publish a poll': { text: 'Which?', options: { pollOptions: 'yes\nno', pollDuration: 60 } },
	'Publish pictures': { text: 'Two', media: both('image', '/b.jpg') },
	'Publish a film': {
		...{ text: 'Film', media: binary('large', 'A film') },
		options: { videoCategory: 'tweet_video' },
	},
	'Publish a long film': {
		...{ text: 'Film', media: binary('film') },
		options: { videoCategory: 'amplify_video', premium: true, cap: 0 },
	},
	'Publish a GIF': { text: 'Loop', media: binary('loop') },
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

export const x: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', text: LONG, media: both('image', '/film.mp4') },
		thread: { post: [{ text: 'Second', media: binary('film') }] },
		options: { longText: 'thread', pollOptions: 'yes', replyTo: 'somebody' },
	},
	...resuming,
	...eachPost('Delete', { operation: 'delete' }),
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { operation: 'get', post: byId(given('post')), simplify: false },
	...eachList('Get many', { operation: 'getAll' }),
	'Get many without some': { operation: 'getAll', exclude: ['replies', 'retweets'] },
	...ofAccount,
};
