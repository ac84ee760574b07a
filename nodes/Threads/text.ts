import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';

/** The text, with the link if it cannot be attached. */
export function textOf(post: Post): string {
	return linkAttachmentOf(post) ? post.text : linked(post);
}

/**
 * The link to attach; only text-only posts can have one:
 * https://developers.facebook.com/docs/threads/posts
 */
export function linkAttachmentOf(post: Post): string | undefined {
	const { text, link, media, poll } = post;
	return media.length > 0 || poll || text.trim() === '' ? undefined : link;
}
