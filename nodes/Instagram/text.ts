import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';
import { kindOf } from './options';

/** The caption, with the link as plain text; a story shows no text. */
export function captionOf(post: Post): string {
	return kindOf(post) === 'story' ? '' : linked(post);
}
