import type { Post } from '../contract/post';

/** The first post of a thread alone has what belongs to the whole: a poll, a quote, the post it answers. */
export function isFirst({ thread }: Pick<Post, 'thread'>): boolean {
	return !thread?.part;
}
