import type { Post } from '../shared/contract/post';
import type { PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';
import { lines } from '../shared/text/lines';

/** Values of the options below. */
export interface Options {
	poll?: string;
	quote?: string;
	replyTo?: string;
	replyControl?: string;
	topicTag?: string;
}

export const threadsOptions: PostOption[] = [
	{
		displayName: 'Poll',
		name: 'poll',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description:
			'Two to four answers of up to 25 characters, one per line. Not together with media.',
	},
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

/** Options are those of the first post of a thread. */
export function isFirst({ thread }: Post): boolean {
	return !thread?.part;
}

/** The answers of a poll as they stand in the option, one per line. */
export function pollOf({ poll }: Options): string[] {
	return lines(poll);
}

/** A tag is often written with its sign. */
export function topicOf({ topicTag = '' }: Options): string {
	return topicTag.trim().replace(/^#/, '');
}
