import type { IDataObject } from 'n8n-workflow';

import type { PostOption } from '../shared/contract/postOption';

/** Values of the options below. */
export interface Options {
	boardSection?: unknown;
	carouselCover?: number;
	coverImageUrl?: string;
	coverTime?: number;
	dominantColor?: string;
	pictures?: { picture?: Picture[] };
}

/** Fields of one image of a Pin with several. */
export interface Picture extends IDataObject {
	title?: string;
	description?: string;
	link?: string;
}

export const sectionLocator: PostOption = {
	displayName: 'Board Section',
	name: 'boardSection',
	type: 'resourceLocator',
	deciding: true,
	default: { mode: 'list', value: '' },
	description: 'Section of the board',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchSections', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 5258814934636085108',
		},
	],
};

/** What a Pin says, and each of several pictures. */
export const words: PostOption[] = [
	{ displayName: 'Description', name: 'description', type: 'string', default: '' },
	{
		displayName: 'Link',
		name: 'link',
		type: 'string',
		webAddress: true,
		default: '',
		placeholder: 'e.g. https://example.com/article',
	},
	{ displayName: 'Title', name: 'title', type: 'string', default: '' },
];

export const pinterestOptions: PostOption[] = [
	sectionLocator,
	{
		displayName: 'Carousel Cover',
		name: 'carouselCover',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5 },
		default: 1,
		description: 'Which of several pictures is shown first, counted from 1',
	},
	{
		displayName: 'Carousel Pictures',
		name: 'pictures',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Picture',
		default: {},
		description: 'Texts of the single pictures where there are several, in their order',
		options: [
			{
				displayName: 'Picture',
				name: 'picture',
				values: words,
			},
		],
	},
	{
		displayName: 'Dominant Color',
		name: 'dominantColor',
		type: 'color',
		default: '',
		description: 'Color shown while the picture loads, such as #6E7874',
	},
	{
		displayName: 'Video Cover (Seconds)',
		name: 'coverTime',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Moment of the video whose picture is its cover, unless a picture stands beside the video in Media',
	},
	{
		displayName: 'Video Cover URL',
		name: 'coverImageUrl',
		type: 'string',
		webAddress: true,
		default: '',
		placeholder: 'e.g. https://example.com/cover.jpg',
		description: 'Picture on the web that is the cover of the video',
	},
];

export function picturesOf({ pictures }: Options): Picture[] {
	return pictures?.picture ?? [];
}
