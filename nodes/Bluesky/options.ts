import type { PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';

/** Values of the options below. */
export interface Options {
	card?: 'auto' | 'none';
	cardTitle?: string;
	cardDescription?: string;
	cardImage?: string;
	langs?: string;
	labels?: string[];
	quote?: string;
	replyTo?: string;
	replies?: string[];
	replyList?: { value?: string } | string;
	quotes?: boolean;
	videoUpload?: 'service' | 'pds';
}

export const blueskyOptions: PostOption[] = [
	{
		displayName: 'Allow Quotes',
		name: 'quotes',
		type: 'boolean',
		deciding: true,
		default: true,
		description: 'Whether others may quote the post',
	},
	{
		displayName: 'Content Labels',
		name: 'labels',
		type: 'multiOptions',
		deciding: true,
		options: [
			{ name: 'Graphic Media', value: 'graphic-media' },
			{ name: 'Nudity', value: 'nudity' },
			{ name: 'Porn', value: 'porn' },
			{ name: 'Sexual', value: 'sexual' },
		],
		default: [],
		description: 'Warnings to show before the media',
	},
	{
		displayName: 'Languages',
		name: 'langs',
		type: 'string',
		default: '',
		placeholder: 'e.g. en, de',
		description: 'Up to three language codes of the text, separated by commas',
	},
	{
		displayName: 'Link Card',
		name: 'card',
		type: 'options',
		options: [
			{
				name: 'From the Page',
				value: 'auto',
				description: 'Use title, description and image of the page',
			},
			{ name: 'None', value: 'none', description: 'Add the link to the text' },
		],
		default: 'auto',
		description: 'How to show the link of a post without media',
	},
	{
		displayName: 'Link Card Description',
		name: 'cardDescription',
		type: 'string',
		default: '',
		description: 'Replaces the description that the page gives',
	},
	{
		displayName: 'Link Card Image URL',
		name: 'cardImage',
		type: 'string',
		webAddress: true,
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		description: 'Replaces the image that the page gives, at most 1 MB',
	},
	{
		displayName: 'Link Card Title',
		name: 'cardTitle',
		type: 'string',
		default: '',
		description: 'Replaces the title that the page gives',
	},
	postReference('Quote Post', 'quote', 'URL or at:// URI of the post to quote'),
	postReference('Reply To Post', 'replyTo', 'URL or at:// URI of the post to reply to'),
	{
		displayName: 'Video Upload',
		name: 'videoUpload',
		type: 'options',
		options: [
			{
				name: 'Directly to the Server',
				value: 'pds',
				description: 'For self-hosted servers, within their own size limit',
			},
			{ name: 'Video Service', value: 'service', description: 'The usual way, up to 300 MB' },
		],
		default: 'service',
		description: 'Where to upload videos',
	},
	{
		displayName: 'Who May Reply',
		name: 'replies',
		type: 'multiOptions',
		deciding: true,
		options: [
			{ name: 'Followers', value: 'followerRule' },
			{ name: 'Mentioned Accounts', value: 'mentionRule' },
			{ name: 'Nobody', value: 'nobody' },
			{ name: 'People You Follow', value: 'followingRule' },
		],
		default: [],
		description: 'Who may reply to the post. Leave empty for everyone.',
	},
	{
		displayName: 'Who May Reply (List)',
		name: 'replyList',
		type: 'resourceLocator',
		deciding: true,
		default: { mode: 'list', value: '' },
		description: 'A list whose members may reply too',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchLists', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. at://did:plc:abc/app.bsky.graph.list/3k',
			},
		],
	},
];
