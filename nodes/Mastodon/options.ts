import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';

/** Values of the options below. */
export interface Options {
	contentWarning?: string;
	cover?: string;
	language?: string;
	quote?: string;
	quotePolicy?: 'default' | 'public' | 'followers' | 'nobody';
	replyTo?: string;
	sensitive?: boolean;
	visibility?: 'default' | 'public' | 'unlisted' | 'private' | 'direct';
}

export const warningField: INodeProperties = {
	displayName: 'Content Warning',
	name: 'contentWarning',
	type: 'string',
	default: '',
	description:
		'Warning to show instead of the post until readers open it. It counts toward the length.',
};

export const languageField: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: '',
	placeholder: 'e.g. en',
	description: 'ISO 639 code of the language. Leave empty for the default of the account.',
};

export const sensitiveField: PostOption = {
	displayName: 'Sensitive Media',
	name: 'sensitive',
	type: 'boolean',
	deciding: true,
	default: false,
	description: 'Whether to blur the media until readers open them',
};

export const mastodonOptions: PostOption[] = [
	warningField,
	languageField,
	postReference(
		'Quote Post',
		'quote',
		'URL or ID of the post to quote, if the server supports quotes',
	),
	postReference(
		'Reply To Post',
		'replyTo',
		'URL or ID of the post to reply to. To notify people, mention them as @user@host in the text.',
	),
	sensitiveField,
	{
		displayName: 'Video Cover URL',
		name: 'cover',
		type: 'string',
		webAddress: true,
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		description: 'Image to show until a video or audio file is played',
	},
	{
		displayName: 'Visibility',
		name: 'visibility',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'Account Default', value: 'default' },
			{ name: 'Followers', value: 'private', description: 'Only followers and mentioned people' },
			{
				name: 'Mentioned People',
				value: 'direct',
				description: 'Only people mentioned in the text',
			},
			{ name: 'Public', value: 'public' },
			{
				name: 'Quiet Public',
				value: 'unlisted',
				description: 'Everyone, but not in search, trends and public timelines',
			},
		],
		default: 'default',
		description: 'Who sees the post',
	},
	{
		displayName: 'Who May Quote',
		name: 'quotePolicy',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'Account Default', value: 'default' },
			{ name: 'Everyone', value: 'public' },
			{ name: 'Followers', value: 'followers' },
			{ name: 'Nobody', value: 'nobody' },
		],
		default: 'default',
		description: 'Who may quote the post, if the server supports quotes',
	},
];

export function warningOf({ contentWarning = '' }: Options): string {
	return contentWarning.trim();
}

/** The chosen value; undefined for the account's default. */
export function chosen<T extends string>(option: T | undefined): T | undefined {
	return option === 'default' ? undefined : option;
}

/** Removes undefined and empty fields. */
export function given(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
	);
}
