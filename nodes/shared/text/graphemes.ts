type Granularity = 'grapheme' | 'word';

const SEGMENTERS = new Map<Granularity, Intl.Segmenter>();

// The segmenter's time per step grows with the input's length (Node 20: 97 s for 200 KB).
const WINDOW = 64;

// Letters, digits and punctuation that never join with each other to one grapheme. Most text is
// therefore counted without the segmenter. A plain character may still join with a following
// character that is not plain.
const PLAIN =
	'\\n\\t -~\\u00a0-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u052f\\u0531-\\u058a' +
	'\\u1e00-\\u1fff\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20c0\\u3000-\\u3029\\u3030-\\u3096' +
	'\\u309b-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff60';
const PLAIN_RUN = new RegExp(`[${PLAIN}]+`, 'y');
const OTHER_RUN = new RegExp(`[^][^${PLAIN}]{0,${WINDOW}}`, 'y');

/** Splits a text into characters as readers see them. */
export function* graphemes(text: string): Generator<string> {
	for (let start = 0; start < text.length; ) {
		for (const end = start + plainLength(text, start); start < end; start++)
			yield text.charAt(start);
		for (const segment of segmentsOfOtherRun(text, start)) {
			yield segment;
			start += segment.length;
		}
	}
}

export function graphemeCount(text: string): number {
	let count = 0;
	for (let start = 0; start < text.length; ) {
		const plain = plainLength(text, start);
		const others = segmentsOfOtherRun(text, start + plain);
		count += plain + others.length;
		start += plain + others.reduce((length, { length: more }) => length + more, 0);
	}
	return count;
}

/** Words and the text between them; a dictionary finds words in scripts without spaces. */
export function* dictionaryWords(text: string): Generator<string> {
	for (let start = 0; start < text.length; ) {
		for (const segment of firstSegments('word', text, start, WINDOW)) {
			yield segment;
			start += segment.length;
		}
	}
}

/** The index `at`, or the next one if `at` is inside a surrogate pair. */
export function afterPair(text: string, at: number): number {
	const inside =
		/[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
	return inside ? at + 1 : at;
}

function plainLength(text: string, start: number): number {
	const length = runLength(PLAIN_RUN, text, start);
	return start + length === text.length ? length : Math.max(0, length - 1);
}

function segmentsOfOtherRun(text: string, start: number): string[] {
	if (start >= text.length) return [];
	const window = Math.min(WINDOW, runLength(OTHER_RUN, text, start) + 1);
	return firstSegments('grapheme', text, start, window);
}

function runLength(run: RegExp, text: string, start: number): number {
	run.lastIndex = start;
	return run.exec(text)?.[0].length ?? 0;
}

/**
 * At least one complete segment from the boundary `start` on. The window may cut the last segment,
 * so that one is dropped. For words it rarely affects the one before, which is harmless.
 */
function firstSegments(
	granularity: Granularity,
	text: string,
	start: number,
	window: number,
): string[] {
	const piece = text.slice(start, afterPair(text, start + window));
	const found = Array.from(segmenterFor(granularity).segment(piece), ({ segment }) => segment);
	if (start + piece.length >= text.length) return found;
	return found.length > 1
		? found.slice(0, -1)
		: firstSegments(granularity, text, start, window * 2);
}

/** Created on first use, because a segmenter loads large tables. */
function segmenterFor(granularity: Granularity): Intl.Segmenter {
	const made = SEGMENTERS.get(granularity) ?? new Intl.Segmenter('en', { granularity });
	SEGMENTERS.set(granularity, made);
	return made;
}
