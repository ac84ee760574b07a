import { linked } from '../shared/check';
import type { Post } from '../shared/platform';
import { kindOf } from './options';

/** A story shows no words at all; elsewhere a link is plain text in the caption. */
export function captionOf(post: Post): string {
	return kindOf(post) === 'story' ? '' : linked(post);
}
