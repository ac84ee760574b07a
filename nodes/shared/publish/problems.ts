import type { Range, TextLimit } from '../contract/limits';
import type { Problem } from '../contract/problem';
import { excess } from '../text';

type Details = Omit<Problem, 'rule' | 'message'>;

export type Problems = ReturnType<typeof problemsOf>;

/**
 * Builds the problems of one platform's posts, as lists with one or none, to be spread. Rules are
 * named without the platform; `name` is for messages.
 */
export function problemsOf(id: string, name = id) {
	const when = (wrong: unknown, rule: string, message: string, details: Details = {}): Problem[] =>
		wrong ? [{ rule: `${id}.${rule}`, message, ...details }] : [];
	return {
		name,
		when,
		/** For what the platform would take, but not as one expects. */
		warnWhen: (wrong: unknown, rule: string, message: string, details: Details = {}) =>
			when(wrong, rule, message, { ...details, warning: true }),
		/** A figure that is not known, or has no limit, is right. */
		over: (actual = -Infinity, limit = Infinity, rule: string, message: string) =>
			when(actual > limit, rule, message, { limit, actual }),
		under: (actual = Infinity, limit = -Infinity, rule: string, message: string) =>
			when(actual < limit, rule, message, { limit, actual }),
		/** `what` has the text, for the message: `The title`. */
		async tooLong(
			text: string,
			{ max, unit = 'codePoints' }: Partial<TextLimit>,
			rule: string,
			what: string,
			takes = 'takes',
		): Promise<Problem[]> {
			if (max === undefined) return [];
			const found = await excess(text, { max, unit });
			return found.flatMap(({ limit, actual }) => {
				const message = `${what} has ${actual} characters, ${name} ${takes} ${limit}`;
				return when(true, rule, message, { limit, actual });
			});
		},
	};
}

export function isOutside(value: number | undefined, { min, max }: Range): boolean {
	return value !== undefined && (value < min || value > max);
}

export function span({ min, max }: Range): string {
	return `${min} to ${max}`;
}
