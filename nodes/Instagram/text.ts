import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';
import { kindOf } from './options';

/** A story shows no words at all; elsewhere a link is plain text in the caption. */
export function captionOf(post: Post): string {
	return kindOf(post) === 'story' ? '' : linked(post);
}
