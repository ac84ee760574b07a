import type { Limits } from '../contract/limits';
import type { Problem } from '../contract/problem';
import type { PostInput } from './postInput';

/**
 * Returns a test for problems that are certain although some input could not be read: the unread
 * input may contain what the post seems to lack.
 */
export function sureOf({ textOptional }: Limits, lost: readonly unknown[], input: PostInput) {
	const isUnread = (input.problems ?? []).length > 0;
	const mayBeThere = {
		media: isUnread || lost.length > 0,
		text: isUnread || (lost.length > 0 && textOptional),
		target: isUnread,
	};
	return ({ lacks }: Problem) => !lacks || !mayBeThere[lacks];
}
