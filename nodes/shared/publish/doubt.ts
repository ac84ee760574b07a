import type { Limits } from '../contract/limits';
import type { Problem } from '../contract/problem';
import type { PostInput } from './postInput';

/**
 * Which problems a post surely has although something of it could not be read: with that, it may
 * have what it seems to lack.
 */
export function sureOf({ textOptional }: Limits, lost: readonly unknown[], input: PostInput) {
	const unread = (input.problems ?? []).length > 0;
	if (lost.length === 0 && !unread) return () => true;
	const doubtful = [
		/\.media(\.missing)?$/,
		...(textOptional || unread ? [/\.text\.empty$/] : []),
		...(unread ? [/\.target\.missing$/] : []),
	];
	return ({ rule }: Problem) => !doubtful.some((pattern) => pattern.test(rule));
}
