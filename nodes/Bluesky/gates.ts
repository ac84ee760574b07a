import type { IDataObject } from 'n8n-workflow';

import type { Post } from '../shared/contract/post';
import type { Options } from './options';

const THREADGATE = 'app.bsky.feed.threadgate';
const POSTGATE = 'app.bsky.feed.postgate';

/** A record and its collection. */
export interface Entry extends IDataObject {
	collection: string;
	value: IDataObject;
}

/**
 * The records that limit replies and quotes. They have the post's own key and lack only their time.
 */
export function gatesOf(uri: string, post: Post): Entry[] {
	const { quotes = true } = post.options as Options;
	return [
		...(limitsReplies(post) && startsThread(post) ? [threadgate(uri, post)] : []),
		...(quotes ? [] : [postgate(uri)]),
	];
}

export function limitsReplies({ options }: Post): boolean {
	const { replies = [] } = options as Options;
	return replies.length > 0 || listOf(options as Options) !== '';
}

/** Only the first post of a thread can limit replies. */
export function startsThread({ parent, options }: Post): boolean {
	return !parent && !(options as Options).replyTo;
}

/** https://docs.bsky.app/docs/tutorials/thread-gates */
function threadgate(post: string, { options }: Post): Entry {
	const { replies = [] } = options as Options;
	const list = listOf(options as Options);
	const rules = replies
		.filter((rule) => rule !== 'nobody')
		.map((rule) => ({ $type: `${THREADGATE}#${rule}` }));
	const allow = [...rules, ...(list ? [{ $type: `${THREADGATE}#listRule`, list }] : [])];
	return { collection: THREADGATE, value: { $type: THREADGATE, post, allow } };
}

function listOf({ replyList }: Options): string {
	return (typeof replyList === 'string' ? replyList : replyList?.value) ?? '';
}

function postgate(post: string): Entry {
	const embeddingRules = [{ $type: `${POSTGATE}#disableRule` }];
	return { collection: POSTGATE, value: { $type: POSTGATE, post, embeddingRules } };
}
