import type { PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';
import { lines } from '../shared/text/lines';

/** Values of the options below. */
export interface Options {
	card?: 'auto' | 'none';
	cardDescription?: string;
	cardImage?: string;
	cardTitle?: string;
	disableReshares?: boolean;
	firstComment?: string;
	mediaTitle?: string;
	pollDuration?: 'ONE_DAY' | 'THREE_DAYS' | 'SEVEN_DAYS' | 'FOURTEEN_DAYS';
	pollOptions?: string;
	pollQuestion?: string;
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
		displayName: 'First Comment',
		name: 'firstComment',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description:
			'Comment to add below the post, as its author. Needs the scope w_member_social_feed or w_organization_social_feed.',
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
	{
		displayName: 'Media Title',
		name: 'mediaTitle',
		type: 'string',
		default: '',
		description: 'Title of a document or video. A document has the name of its file otherwise.',
	},
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

export function pollOptionsOf({ pollOptions }: Options): string[] {
	return lines(pollOptions);
}

/** Whether there is anything of a poll. */
export function hasPoll(options: Options): boolean {
	return Boolean(options.pollQuestion) || pollOptionsOf(options).length > 0;
}
