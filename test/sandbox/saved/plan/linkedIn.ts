import {
	binary,
	both,
	byId,
	byUrl,
	eachList,
	eachPost,
	fromList,
	given,
	ofAccount,
	resuming,
	WAITING,
	waits,
	WEB,
	type Plan,
} from './values';

const works = { target: byId('urn:li:organization:1001') };
const poll = (pollDuration: string) => ({
	text: 'Vote',
	options: { pollQuestion: 'Tea?', pollOptions: 'Yes\nNo', pollDuration },
});
const card = { text: 'Read', link: `${WEB}/article` };

const publishing: Plan = {
	'Publish text': {
		text: 'Fish (& chips) by @[Blue (Sky) Labs](urn:li:organization:1002) #food_1',
		options: { ...waits, visibility: 'PUBLIC', disableReshares: true, firstComment: 'First' },
	},
	'Publish for connections': { text: 'Hello', options: { visibility: 'CONNECTIONS' } },
	'Publish for members': { text: 'Hello', options: { visibility: 'LOGGED_IN' } },
	'Publish for an organization': { ...works, text: 'Hello' },
	'Publish for an organization from the list': {
		...{ target: fromList('urn:li:organization:1001', 'Crosspost Works'), text: 'Hello' },
	},
	'Publish a link': { ...card, options: { card: 'auto' } },
	'Publish a link with a card of its own': {
		...card,
		options: {
			...{ cardTitle: 'My title', cardDescription: 'My words', cardImage: `${WEB}/a.png` },
		},
	},
	'Publish a link in the text': { ...card, options: { card: 'none' } },
	'Publish a picture': { text: 'One', media: binary('image', 'A picture', '0,0') },
	'Publish pictures': { text: 'Two', media: both('image', '/b.jpg') },
	'Publish a film': { text: 'Film', media: binary('large'), options: { mediaTitle: 'My film' } },
	'Publish a paper': { text: 'Paper', media: binary('paper') },
	[WAITING]: { text: 'Film', media: binary('large'), options: { processingWait: 0 } },
	'Publish a poll of a day': poll('ONE_DAY'),
	'Publish a poll of three days': poll('THREE_DAYS'),
	'Publish a poll of a week': poll('SEVEN_DAYS'),
	'Publish a poll of two weeks': poll('FOURTEEN_DAYS'),
	Reshare: { text: 'Read this', options: { reshare: given('second') } },
};

const comments: Plan = {
	...eachPost('Create a comment', { resource: 'comment', operation: 'create', text: 'Thanks' }),
	'Create a comment of an organization': {
		...{ resource: 'comment', operation: 'create', text: 'Thanks', ...works },
		post: byId(given('organizationPost')),
	},
	'Create a comment of an organization from the list': {
		...{ resource: 'comment', operation: 'create', text: 'Thanks' },
		...{ target: fromList('urn:li:organization:1001'), post: byUrl(given('organizationUrl')) },
	},
};

export const linkedIn: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', ...card, ...works, media: binary('image,second') },
		options: { visibility: 'CONNECTIONS', pollQuestion: 'Tea?', pollOptions: 'Yes' },
	},
	...resuming,
	...eachPost('Delete', { operation: 'delete' }),
	...eachPost('Edit', { operation: 'edit', text: 'Better (1)' }),
	...eachPost('Get', { operation: 'get' }),
	'Delete for an organization': {
		...{ operation: 'delete', ...works, post: byId(given('organizationPost')) },
	},
	'Edit for an organization': {
		...{ operation: 'edit', ...works, post: byId(given('organizationPost')), text: 'Better' },
	},
	'Get in full': {
		...{ operation: 'get', ...works, post: byId(given('organizationPost')), simplify: false },
	},
	...eachList('Get many', { operation: 'getAll' }),
	'Get many of an organization': { operation: 'getAll', ...works },
	...comments,
	...eachList('Get many organizations', { resource: 'organization', operation: 'getAll' }, false),
	...ofAccount,
};
