import type { Problem } from '@/nodes/shared/contract/problem';
import type { Done } from './around';
import { unasked, writes } from './requests';

/**
 * Nodes that a later version refuses on purpose, `<node file>/<node name>`, as CHANGELOG.md says.
 */
const refusedOnPurpose: Record<string, string> = {};

/** Warnings that a later version adds, by the end of their rule. */
const warnedOnPurpose: Record<string, string> = {
	'bluesky/Publish five pictures': '.media.twice]',
};

/** Problems that a later version words differently, by the end of their rule. */
const wordedOtherwise: Record<string, string> = { 'threads/Validate a post': '.poll.count' };

/** Expects that a node, `<node file>/<node name>`, does what it did before. */
export function expectSame(name: string, now: Done, before: Done) {
	if (name in refusedOnPurpose) return expectRefused(now);
	const comparable = (items: Done['output']) => plain(items, wordedOtherwise[name]);
	const told = without(now.output, warnedOnPurpose[name]);
	expect(comparable(told)).toEqual(comparable(before.output));
	for (const [id, lines] of Object.entries(before.requests)) {
		expect(writes(now.requests[id])).toEqual(writes(lines));
		expect(unasked(lines, now.requests[id])).toEqual([]);
	}
}

function without(output: Done['output'], rule: string | undefined): Done['output'] {
	if (rule === undefined) return output;
	return JSON.parse(JSON.stringify(output), (key: string, value: unknown) =>
		key === 'warnings' ? (value as string[]).filter((one) => !one.endsWith(rule)) : value,
	) as Done['output'];
}

/**
 * Sorts problems, which come in any order; keeps only the rule of those that are worded
 * differently.
 */
function plain(output: Done['output'], worded = ' '): Done['output'] {
	return JSON.parse(JSON.stringify(output), (key: string, value: unknown) => {
		if (key !== 'problems') return value;
		return (value as Problem[])
			.map((one) => (one.rule.endsWith(worded) ? { rule: one.rule } : one))
			.sort((one, other) => (one.rule < other.rule ? -1 : 1));
	}) as Done['output'];
}

/** Expects no requests except reads, and a failure in the item. */
function expectRefused({ requests, output }: Done) {
	expect(Object.values(requests).flatMap((lines) => writes(lines))).toEqual([]);
	expect(output.flat()).toContainEqual(expect.objectContaining({ error: expect.anything() }));
}
