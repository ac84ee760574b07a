import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';
import { kindOf } from './options';

/** The link is attached to posts of nothing but text; elsewhere it stands in the text. */
export function textOf(post: Post): string {
	if (isStory(post)) return '';
	return attachedLink(post) ? post.text : linked(post);
}

/** A post with photos or a video shows those in the place of a link's preview. */
export function attachedLink({ link, media, options }: Post): string | undefined {
	return media.length === 0 && (options.postType ?? 'feed') === 'feed' ? link : undefined;
}

export function isStory(post: Post): boolean {
	return kindOf(post).endsWith('Story');
}
