import type { IDataObject } from 'n8n-workflow';

import type { FormerOptions, PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';
import { lines } from '../shared/text/lines';

/** Values of the options below. */
export interface Options {
	card?: 'auto' | 'none';
	cardDescription?: string;
	cardImage?: string;
	cardTitle?: string;
	disableReshares?: boolean;
	reshare?: string;
	visibility?: 'PUBLIC' | 'CONNECTIONS' | 'LOGGED_IN';
}

export const linkedInOptions: PostOption[] = [
	{
		displayName: 'Disable Reshares',
		name: 'disableReshares',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether to keep others from resharing the post',
	},
	{
		displayName: 'Link Card',
		name: 'card',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'Read title, description and picture from the page',
			},
			{ name: 'None', value: 'none', description: 'Put the link after the text' },
		],
		default: 'auto',
		description: 'How to show the link of a post without media',
	},
	{
		displayName: 'Link Card Description',
		name: 'cardDescription',
		type: 'string',
		default: '',
		description: 'Shown instead of what the page says of itself',
	},
	{
		displayName: 'Link Card Picture URL',
		name: 'cardImage',
		type: 'string',
		webAddress: true,
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		description: 'Shown instead of the picture of the page',
	},
	{
		displayName: 'Link Card Title',
		name: 'cardTitle',
		type: 'string',
		default: '',
		description: 'Shown instead of the title of the page',
	},
	postReference(
		'Reshare Post',
		'reshare',
		'URN or URL of the post to reshare, with the text above it',
	),
	{
		displayName: 'Visibility',
		name: 'visibility',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'Anyone', value: 'PUBLIC' },
			{ name: 'Connections Only', value: 'CONNECTIONS', description: 'Not for organizations' },
			{ name: 'LinkedIn Members', value: 'LOGGED_IN', description: 'People who are logged in' },
		],
		default: 'PUBLIC',
		description: 'Who can see the post',
	},
];

/** Possible durations of a poll: minutes, and LinkedIn's name. */
export const POLL_DURATIONS: ReadonlyMap<number, string> = new Map([
	[1440, 'ONE_DAY'],
	[3 * 1440, 'THREE_DAYS'],
	[7 * 1440, 'SEVEN_DAYS'],
	[14 * 1440, 'FOURTEEN_DAYS'],
]);

export const linkedInFormer: FormerOptions[] = [
	{
		until: 1.1,
		replacedBy: ['title'],
		options: [
			{
				displayName: 'Media Title',
				name: 'mediaTitle',
				type: 'string',
				default: '',
				description: 'Title of a document or video. A document has the name of its file otherwise.',
			},
		],
		read: ({ mediaTitle }) => ({ title: mediaTitle }),
	},
	{
		until: 1.1,
		replacedBy: ['poll'],
		options: [
			{
				displayName: 'Poll Duration',
				name: 'pollDuration',
				type: 'options',
				options: [
					{ name: 'One Day', value: 'ONE_DAY' },
					{ name: 'One Week', value: 'SEVEN_DAYS' },
					{ name: 'Three Days', value: 'THREE_DAYS' },
					{ name: 'Two Weeks', value: 'FOURTEEN_DAYS' },
				],
				default: 'THREE_DAYS',
				description: 'How long people may vote',
			},
			{
				displayName: 'Poll Options',
				name: 'pollOptions',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				description: 'Two to four answers of up to 30 characters, one per line',
			},
			{
				displayName: 'Poll Question',
				name: 'pollQuestion',
				type: 'string',
				default: '',
				description: 'The question of the poll, up to 140 characters',
			},
		],
		read: formerPoll,
	},
];

function formerPoll(options: IDataObject): IDataObject {
	const { pollQuestion: question, pollOptions: answers, pollDuration = 'THREE_DAYS' } = options;
	if (!question && lines(answers).length === 0) return {};
	const [minutes] = [...POLL_DURATIONS].find(([, name]) => name === pollDuration) ?? [];
	return { poll: { poll: { question, answers, minutes } } };
}
