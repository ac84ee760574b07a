import type { FormerOptions, PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';
import { lines } from '../shared/text/lines';

/** Values of the options below. */
export interface Options {
	quote?: string;
	replyTo?: string;
	replyControl?: string;
	topicTag?: string;
}

export const threadsOptions: PostOption[] = [
	postReference('Quote Post', 'quote', 'ID of the post to quote, or the URL of one of your own'),
	postReference(
		'Reply To Post',
		'replyTo',
		'ID of the post to reply to, or the URL of one of your own',
	),
	{
		displayName: 'Topic Tag',
		name: 'topicTag',
		type: 'string',
		default: '',
		placeholder: 'e.g. Book Threads',
		description: 'Topic of the post, used instead of the first #tag in the text',
	},
	{
		displayName: 'Who May Reply',
		name: 'replyControl',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'Accounts You Follow', value: 'accounts_you_follow' },
			{ name: 'Author of the Parent Post', value: 'parent_post_author_only' },
			{ name: 'Everyone', value: 'everyone' },
			{ name: 'Followers', value: 'followers_only' },
			{ name: 'Mentioned Accounts', value: 'mentioned_only' },
		],
		default: 'everyone',
		description: 'Who may reply to the post',
	},
];

export const threadsFormer: FormerOptions[] = [
	{
		until: 1.1,
		replacedBy: ['poll'],
		options: [
			{
				displayName: 'Poll',
				name: 'poll',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				description:
					'Two to four answers of up to 25 characters, one per line. Not together with media.',
			},
		],
		read: ({ poll: answers }) => (lines(answers).length > 0 ? { poll: { poll: { answers } } } : {}),
	},
];

/** Removes the # that users often type. */
export function topicOf({ topicTag = '' }: Options): string {
	return topicTag.trim().replace(/^#/, '');
}
