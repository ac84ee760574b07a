import type { INodeProperties } from 'n8n-workflow';

import { postReference } from '../shared/fields';

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

export const blueskyOptions: INodeProperties[] = [
	{
		displayName: 'Allow Quotes',
		name: 'quotes',
		type: 'boolean',
		default: true,
		description: 'Whether others may quote the post',
	},
	{
		displayName: 'Content Labels',
		name: 'labels',
		type: 'multiOptions',
		options: [
			{ name: 'Graphic Media', value: 'graphic-media' },
			{ name: 'Nudity', value: 'nudity' },
			{ name: 'Porn', value: 'porn' },
			{ name: 'Sexual', value: 'sexual' },
		],
		default: [],
		description: 'Warnings that are shown before the media',
	},
	{
		displayName: 'Languages',
		name: 'langs',
		type: 'string',
		default: '',
		placeholder: 'e.g. en, de',
		description: 'Language codes of the text (BCP 47), at most three',
	},
	{
		displayName: 'Link Card',
		name: 'card',
		type: 'options',
		options: [
			{ name: 'From the Page', value: 'auto', description: 'Title, text and picture as the page states them' },
			{ name: 'None', value: 'none', description: 'Put the link into the text' },
		],
		default: 'auto',
		description: 'How a link is shown when the post has no media',
	},
	{
		displayName: 'Link Card Description',
		name: 'cardDescription',
		type: 'string',
		default: '',
		description: 'Used instead of what the page states',
	},
	{
		displayName: 'Link Card Image URL',
		name: 'cardImage',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		description: 'Used instead of the picture that the page states, at most 1 MB',
	},
	{
		displayName: 'Link Card Title',
		name: 'cardTitle',
		type: 'string',
		default: '',
		description: 'Used instead of what the page states',
	},
	postReference('Quote Post', 'quote', 'URL or at:// URI of the post to quote'),
	postReference('Reply To Post', 'replyTo', 'URL or at:// URI of the post to answer'),
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
			{ name: 'Video Service', value: 'service', description: 'Bluesky’s own way, up to 300 MB' },
		],
		default: 'service',
		description: 'Where videos are sent',
	},
	{
		displayName: 'Who May Reply',
		name: 'replies',
		type: 'multiOptions',
		options: [
			{ name: 'Followers', value: 'followerRule' },
			{ name: 'Mentioned Accounts', value: 'mentionRule' },
			{ name: 'Nobody', value: 'nobody' },
			{ name: 'People You Follow', value: 'followingRule' },
		],
		default: [],
		description: 'Who may answer the post, everybody if none is chosen',
	},
	{
		displayName: 'Who May Reply: List',
		name: 'replyList',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'A list whose members may answer too',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchLists', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. at://did:plc:abc/app.bsky.graph.list/3k' },
		],
	},
];
