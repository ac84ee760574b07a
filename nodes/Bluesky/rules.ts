import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { limitsReplies, startsThread } from './gates';
import type { Options } from './options';

const LANGUAGES = 3;

/** What no table of limits can state. */
export function check(post: Post): Problem[] {
	return [...languageProblems(post), ...(isFirst(post) ? replyProblems(post) : [])];
}

/** A link card or a quoted post stands by itself. */
export function wordless({ link, media, options, ...post }: Post): boolean {
	const { card, quote } = options as Options;
	return (
		(Boolean(link) && card !== 'none' && media.length === 0) || (Boolean(quote) && isFirst(post))
	);
}

function isFirst({ thread }: Pick<Post, 'thread'>): boolean {
	return !thread?.part;
}

function languageProblems({ options }: Post): Problem[] {
	const { langs = '' } = options as Options;
	const given = langs.split(',').filter((lang) => lang.trim() !== '');
	if (given.length <= LANGUAGES) return [];
	const message = `${given.length} languages, at most ${LANGUAGES}`;
	return [{ rule: 'bluesky.langs.count', message, limit: LANGUAGES, actual: given.length }];
}

/** Bluesky takes such a rule, but nothing heeds it. */
function replyProblems(post: Post): Problem[] {
	if (!limitsReplies(post) || startsThread(post)) return [];
	const message =
		'Who may reply to a reply is up to the author of the thread: the rule is left out';
	return [{ rule: 'bluesky.replies.thread', message, warning: true }];
}
