import {
	binary,
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

const privacy = 'PUBLIC_TO_EVERYONE';

const publishing: Plan = {
	'Publish a film': {
		...{ text: 'Hello', link: 'https://example.org/', media: binary('film', 'Alt', '0,0') },
		options: {
			...{ privacy, ...waits, postType: 'post', videoCover: 500, aiGenerated: true },
			...{ allowComments: true, allowDuets: true, allowStitches: true },
		},
	},
	'Publish an advertisement': {
		...{ text: 'Buy', media: binary('film') },
		options: { privacy, brandedContent: true, yourBrand: true },
	},
	'Publish for friends': {
		...{ text: 'Hello', media: binary('film') },
		options: { privacy: 'MUTUAL_FOLLOW_FRIENDS' },
	},
	'Publish for oneself': { media: binary('film'), options: { privacy: 'SELF_ONLY' } },
	'Publish a film of the web': {
		...{ text: 'Hello', media: fromWeb('/film.mp4'), options: { privacy, pullVideo: true } },
	},
	'Publish photos': {
		...{ text: 'Hello', media: binary('one, two') },
		options: { privacy, addMusic: true, photoCover: 2, photoTitle: 'Photos' },
	},
	'Publish photos of the web': { text: 'Hello', media: fromWeb('/c.jpg'), options: { privacy } },
	'Draft a film': { media: binary('film'), options: { postType: 'draft' } },
	'Draft a photo': { text: 'Hello', media: binary('one'), options: { postType: 'draft' } },
	[WAITING]: { media: binary('film'), options: { privacy, processingWait: 0 } },
};

export const tikTok: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', text: 'Hello', media: binary('one, two') },
		options: { photoCover: 3, photoTitle: 'x'.repeat(91) },
	},
	...resuming,
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { operation: 'get', post: byId(given('post')), simplify: false },
	...eachList('Get many', { operation: 'getAll' }),
	'Get the status': { operation: 'getStatus', publishId: given('publishId') },
	...ofAccount,
	'Get what the creator may do': { resource: 'account', operation: 'creatorInfo' },
};
