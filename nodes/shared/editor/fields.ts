import type { INodeProperties } from 'n8n-workflow';

/** Fields with the same meaning on every platform; options are in postOptions. */

export const mediaField: INodeProperties = {
	displayName: 'Media',
	name: 'media',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Media',
	default: {},
	description: 'Images, videos and other files to post, in this order',
	options: [
		{
			displayName: 'File',
			name: 'medium',
			values: [
				{
					displayName: 'Alt Text',
					name: 'altText',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					description:
						'Describes the file for people who cannot see it. For several files, one line each or a list.',
				},
				{
					displayName: 'Focal Point',
					name: 'focus',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0.0,0.5',
					description:
						'Point to keep in sight in previews, as x,y from -1 to 1, where the platform supports it',
				},
				{
					displayName: 'Input Binary Field',
					name: 'binaryProperty',
					type: 'string',
					default: 'data',
					displayOptions: { show: { source: ['binary'] } },
					hint: 'The name of the input field containing the file',
					description:
						"For several files, separate the names by commas, or give a list. An expression may give the files themselves, such as {{ $('Download').item.binary.data }}; one that comes to nothing leaves the file out.",
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
					description:
						'For several files, one URL per line or separated by commas, or a list. An expression that comes to nothing leaves the file out.',
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
	description:
		'Page to share, by http or https: shown as a card where the platform supports it, otherwise added after the text',
};

export const threadField: INodeProperties = {
	displayName: 'Thread',
	name: 'thread',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Post to Thread',
	default: {},
	description: 'Further posts, each published as a reply to the one before',
	options: [
		{
			displayName: 'Post',
			name: 'post',
			values: [mediaField, textField],
		},
	],
};

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
	typeOptions: { minValue: 1, numberPrecision: 0 },
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
	description: 'The "resume" object of an earlier result, or of the error of a failed post',
};

/** Field for a post by list, URL or ID. `searchable`: the platform lists the account's posts. */
export function postLocator(platform: string, searchable: boolean): INodeProperties {
	return {
		displayName: 'Post',
		name: 'post',
		type: 'resourceLocator',
		default: { mode: searchable ? 'list' : 'id', value: '' },
		required: true,
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
