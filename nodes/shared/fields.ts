import type { INodeProperties } from 'n8n-workflow';

/** Fields that mean the same on every platform. */

export const mediaField: INodeProperties = {
	displayName: 'Media',
	name: 'media',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Media',
	default: {},
	description: 'Images, videos and other files of the post, in this order',
	options: [
		{
			displayName: 'Medium',
			name: 'medium',
			values: [
				{
					displayName: 'Alt Text',
					name: 'altText',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					description:
						'What is to be seen, for people who cannot see it. With several files: one line for each.',
				},
				{
					displayName: 'Focus',
					name: 'focus',
					type: 'string',
					default: '',
					placeholder: '0.0,0.5',
					description:
						'Point that previews keep in sight, as x,y from -1 to 1. Platforms that do not know it leave it out.',
				},
				{
					displayName: 'Input Binary Field',
					name: 'binaryProperty',
					type: 'string',
					default: 'data',
					displayOptions: { show: { source: ['binary'] } },
					hint: 'The name of the input field containing the file',
					description: 'Several names are separated by commas',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'options',
					options: [
						{ name: 'Binary', value: 'binary', description: 'A file of the input item' },
						{ name: 'URL', value: 'url', description: 'A file on the web' },
					],
					default: 'binary',
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					typeOptions: { rows: 1 },
					default: '',
					displayOptions: { show: { source: ['url'] } },
					placeholder: 'e.g. https://example.com/picture.jpg',
					description: 'Several URLs are given one per line',
				},
			],
		},
	],
};

export const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	description: 'The text of the post',
};

export const linkField: INodeProperties = {
	displayName: 'Link',
	name: 'link',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/article',
	description: 'Page to link to: shown as a card where the platform can, else put after the text',
};

export const threadField: INodeProperties = {
	displayName: 'Thread',
	name: 'thread',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Post to Thread',
	default: {},
	description: 'Further posts, each as a reply to the one before',
	options: [
		{
			displayName: 'Post',
			name: 'post',
			values: [mediaField, textField],
		},
	],
};

export const longTextOption: INodeProperties = {
	displayName: 'When Text Is Too Long',
	name: 'longText',
	type: 'options',
	options: [
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Send nothing and say by how much the text is too long',
		},
		{
			name: 'Split Into Thread',
			value: 'thread',
			description: 'Publish several posts, each as a reply to the one before',
		},
	],
	default: 'refuse',
	description: 'What to do with a text beyond the limit of the platform',
};

/** Options every platform's publishing has. */
export const commonOptions: readonly INodeProperties[] = [
	longTextOption,
	{
		displayName: 'Number the Posts of a Split Text',
		name: 'numbering',
		type: 'boolean',
		default: true,
		description: 'Whether to end each part of a split text with its number, such as (2/5)',
	},
	{
		displayName: 'Wait for Processing (Seconds)',
		name: 'processingWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description:
			'How long to wait while the platform processes media. After that the result has the status "processing" and a "resume" for Post: Resume.',
	},
	{
		displayName: 'Wait for Rate Limit (Seconds)',
		name: 'rateLimitWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 60,
		description:
			'How long to wait in all for a rate limit to be lifted. Beyond that the post fails as "rate_limited" and tells when to retry.',
	},
];

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const resumeField: INodeProperties = {
	displayName: 'Resume State',
	name: 'resume',
	type: 'json',
	default: '={{ $json.resume }}',
	description: 'The "resume" object of an earlier result or failure',
};

/** A post by list, URL or ID; `searchable` where the platform lists the account's own posts. */
export function postLocator(platform: string, searchable: boolean): INodeProperties {
	return {
		displayName: 'Post',
		name: 'post',
		type: 'resourceLocator',
		default: { mode: searchable ? 'list' : 'id', value: '' },
		description: `The post on ${platform}`,
		modes: [
			...(searchable
				? [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list' as const,
							typeOptions: { searchListMethod: 'searchPosts', searchable: true },
						},
					]
				: []),
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://example.com/post/1',
			},
			{ displayName: 'By ID', name: 'id', type: 'string' },
		],
	};
}

/** A reference to somebody's post inside an options collection. */
export function postReference(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/post/1',
		description,
	};
}
