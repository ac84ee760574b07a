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

const board = { target: byId(given('board')) };
const ofBoard = { resource: 'board' };
const ofSection = { resource: 'boardSection', ...board };
const metrics = [
	...['TOTAL_COMMENTS', 'IMPRESSION', 'OUTBOUND_CLICK', 'PIN_CLICK', 'PROFILE_VISIT'],
	...['TOTAL_REACTIONS', 'SAVE_RATE', 'SAVE', 'USER_FOLLOW', 'VIDEO_10S_VIEW'],
	...['QUARTILE_95_PERCENT_VIEW', 'VIDEO_AVG_WATCH_TIME', 'VIDEO_START'],
	...['VIDEO_V50_WATCH_TIME', 'VIDEO_MRC_VIEW'],
];

const publishing: Plan = {
	'Publish a picture': {
		...{ target: fromList(given('board'), 'Travel'), text: 'Blue', link: 'https://example.com/' },
		media: binary('image', 'Water', '0,0'),
		options: {
			...{ ...waits, title: 'Lake', dominantColor: '#6E7874' },
			boardSection: fromList(given('section'), 'Lakes'),
		},
	},
	'Publish a picture of the web': {
		...{ ...board, text: 'Fetched', media: fromWeb('/a.png') },
		options: { boardSection: byId(given('section')) },
	},
	'Publish pictures': {
		...{ ...board, media: binary('image,second', 'One\nTwo') },
		options: {
			carouselCover: 2,
			pictures: {
				picture: [
					{ title: 'First', description: 'The one', link: 'https://example.com/1' },
					{ title: 'Second' },
				],
			},
		},
	},
	'Publish pictures of the web': { ...board, text: 'Two', media: fromWeb('/a.png', '/b.jpg') },
	'Publish a film': { ...board, text: 'Film', media: binary('film'), options: { coverTime: 2 } },
	'Publish a film with a cover': { ...board, media: binary('film,image') },
	'Publish a film with a cover of the web': {
		...{ ...board, media: binary('film'), options: { coverImageUrl: `${WEB}/b.jpg` } },
	},
	[WAITING]: { ...board, media: binary('film'), options: { coverTime: 1, processingWait: 0 } },
};

const boards: Plan = {
	'Create a board': { ...ofBoard, operation: 'create', name: 'New' },
	'Create a secret board': {
		...{ ...ofBoard, operation: 'create', name: 'Hidden', privacy: 'SECRET' },
		boardDescription: 'For me',
	},
	'Create a protected board': {
		...{ ...ofBoard, operation: 'create', name: 'Some', privacy: 'PROTECTED' },
	},
	...eachList('Get many boards', { ...ofBoard, operation: 'getAll' }),
	...Object.fromEntries(
		['PROTECTED', 'PUBLIC', 'SECRET', 'PUBLIC_AND_SECRET'].map((privacyFilter) => [
			`Get many boards, ${privacyFilter}`,
			{ ...ofBoard, operation: 'getAll', privacyFilter },
		]),
	),
	...eachList('Get Pins of a board', { ...ofBoard, ...board, operation: 'getPins' }),
	'Get Pins of a section': {
		...{ ...ofBoard, target: fromList(given('board')), operation: 'getPins' },
		boardSection: fromList(given('section')),
	},
	'Get Pins of a section by ID': {
		...{ ...ofBoard, ...board, operation: 'getPins', boardSection: byId(given('section')) },
	},
	'Create a section': { ...ofSection, operation: 'create', name: 'New' },
	'Create a section of a board from the list': {
		...{ ...ofSection, operation: 'create', name: 'New', target: fromList(given('board')) },
	},
	...eachList('Get many sections', { ...ofSection, operation: 'getAll' }, false),
	'Get many sections of a board from the list': {
		...{ ...ofSection, operation: 'getAll', target: fromList(given('board')) },
	},
};

export const pinterest: Plan = {
	...publishing,
	'Validate a post': {
		...{ operation: 'validate', ...board, text: 'Hello', link: 'https://example.com/' },
		...{ media: binary('image,film'), options: { carouselCover: 3, title: 'x'.repeat(101) } },
	},
	...resuming,
	...eachPost('Get analytics', { operation: 'analytics' }),
	'Get all analytics': {
		...{ operation: 'analytics', post: byUrl(given('url')), metrics },
		from: '={{ $now.minus({ days: 5 }).toISO() }}',
		to: '={{ $now.minus({ days: 1 }).toISO() }}',
	},
	...eachPost('Delete', { operation: 'delete' }),
	...eachPost('Get', { operation: 'get' }),
	'Get in full': { operation: 'get', post: byId(given('post')), simplify: false },
	...eachList('Get many', { operation: 'getAll' }),
	...eachPost('Update', { operation: 'update', changes: { title: 'Better' } }),
	'Update all': {
		...{ operation: 'update', post: byId(given('post')), simplify: false },
		changes: {
			...{ altText: 'Still water', description: 'Deep', link: 'https://example.com/2' },
			...{ title: 'Better', board: given('board'), section: given('section') },
		},
	},
	...boards,
	...ofAccount,
};
