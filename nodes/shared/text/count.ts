import type { Excess, TextRule, TextUnit } from '../contract/textRule';
import { shortened, tally } from './entities';
import { graphemeCount, graphemes } from './graphemes';
import { weighing } from './weighted';

type Counter = (text: string) => number;

// Includes characters with a text form, such as the copyright sign: refusing a valid post is better
// than a vendor's refusal in the middle of a thread.
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

const COUNTERS: Record<Exclude<TextUnit, 'weighted'>, Counter> = {
	graphemes: graphemeCount,
	codePoints: (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0),
	utf16: (text) => text.length,
	bytes,
	emojiBytes,
};

/** Length of a text in the rule's unit. */
export async function count(text: string, rule: TextRule): Promise<number> {
	const { length } = await counting(rule);
	return length(text);
}

/** The limits that the text exceeds; empty if it fits. */
export async function excess(text: string, rule: TextRule): Promise<Excess[]> {
	const { excess } = await counting(rule);
	return excess(text);
}

/** Functions of one rule, for repeated use. */
export interface Counting {
	length: Counter;
	bytes: Counter;
	fits(text: string): boolean; // checks lengths and counts, not invalid characters
	excess(text: string): Excess[];
}

/** Prepares the counting functions of a rule. */
export async function counting(rule: TextRule): Promise<Counting> {
	const { length, invalid } = await lengths(rule);
	const limits = [
		limit(rule.max, rule.unit, length),
		limit(rule.maxBytes, 'bytes', bytes),
		limit(rule.maxHashtags, 'hashtags', (text) => tally(text).hashtags),
		limit(rule.maxMentions, 'mentions', (text) => tally(text).mentions),
		limit(rule.maxLinks, 'links', (text) => tally(text).links),
	];
	const broken = (text: string) => limits.flatMap((over) => over(text));
	return {
		length,
		bytes,
		fits: (text) => broken(text).length === 0,
		excess: (text) => [...broken(text), ...limit(0, 'invalidCharacters', invalid)(text)],
	};
}

function limit(limit: number | undefined, unit: string, measure: Counter) {
	return (text: string): Excess[] => {
		if (limit === undefined) return [];
		const actual = measure(text);
		return actual > limit ? [{ limit, actual, unit }] : [];
	};
}

async function lengths(rule: TextRule): Promise<{ length: Counter; invalid: Counter }> {
	const { unit, urlLength, mentionWithoutHost } = rule;
	if (unit === 'weighted') return await weighing();
	const length = COUNTERS[unit];
	return {
		length: (text) => length(shortened(text, urlLength, mentionWithoutHost)),
		invalid: () => 0,
	};
}

function bytes(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}

function emojiBytes(text: string): number {
	if (!EMOJI.test(text)) return COUNTERS.codePoints(text);
	let total = 0;
	for (const one of graphemes(text))
		total += EMOJI.test(one) ? bytes(one) : COUNTERS.codePoints(one);
	return total;
}
