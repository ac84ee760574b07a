import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isFirst } from '../shared/publish/isFirst';
import { problemsOf } from '../shared/publish/problems';
import { limitsReplies, startsThread } from './gates';
import type { Options } from './options';

const LANGUAGES = 3;

const { over, warnWhen } = problemsOf('bluesky');

/** Checks that the limits cannot express. */
export function check(post: Post): Problem[] {
	const { langs = '' } = post.options as Options;
	const { length } = langs.split(',').filter((lang) => lang.trim() !== '');
	return [
		...over(length, LANGUAGES, 'langs.count', `${length} languages, at most ${LANGUAGES}`),
		// Bluesky accepts limits on replies to a reply, but no app applies them.
		...warnWhen(
			isFirst(post) && limitsReplies(post) && !startsThread(post),
			'replies.thread',
			'Who may reply to a reply is up to the author of the thread: the rule is left out',
		),
	];
}

/** A post with a link card or a quoted post needs no text. */
export function wordless({ link, media, options, ...post }: Post): boolean {
	const { card, quote } = options as Options;
	return (
		(Boolean(link) && card !== 'none' && media.length === 0) || (Boolean(quote) && isFirst(post))
	);
}
