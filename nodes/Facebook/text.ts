import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';
import { kindOf } from './options';

/**
 * A text-only feed post attaches the link; in other posts the link follows the text. Stories have
 * no text.
 */
export function textOf(post: Post): string {
	if (isStory(post)) return '';
	return attachedLink(post) ? post.text : linked(post);
}

/** The link to attach; undefined for posts with media, which show no link preview. */
export function attachedLink({ link, media, options }: Post): string | undefined {
	return media.length === 0 && (options.postType ?? 'feed') === 'feed' ? link : undefined;
}

export function isStory(post: Post): boolean {
	return kindOf(post).endsWith('Story');
}
