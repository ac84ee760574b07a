const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });

// The segmenter's time per step grows with the length of its input (Node 20: 97 s for 200 KB).
const WINDOW = 64;

// Letters, digits and punctuation of which no two join to one grapheme, so that most text is
// counted without the segmenter. A plain character counts as one only before another plain one.
const PLAIN = new RegExp(
	'[\\n\\t -~\\u00a0-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u052f\\u0531-\\u058a' +
		'\\u1e00-\\u1fff\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20c0\\u3000-\\u3029\\u3030-\\u3096' +
		'\\u309b-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff60]+',
	'y',
);

/** What a reader sees as one character each. */
export function graphemes(text: string): Generator<string> {
	return segments(GRAPHEMES, text);
}

/** Words and what is between them; by dictionary where a script has no spaces. */
export function dictionaryWords(text: string): Generator<string> {
	return segments(WORDS, text);
}

export function graphemeCount(text: string): number {
	let count = 0;
	for (let start = 0; start < text.length;) {
		const plain = plainLength(text, start);
		const rest = plain ? [] : firstSegments(GRAPHEMES, text, start);
		count += plain + rest.length;
		start += plain + rest.reduce((length, segment) => length + segment.length, 0);
	}
	return count;
}

function plainLength(text: string, start: number): number {
	PLAIN.lastIndex = start;
	const length = PLAIN.exec(text)?.[0].length ?? 0;
	return start + length === text.length ? length : Math.max(0, length - 1);
}

function* segments(segmenter: Intl.Segmenter, text: string): Generator<string> {
	for (let start = 0; start < text.length;) {
		for (const segment of firstSegments(segmenter, text, start)) {
			yield segment;
			start += segment.length;
		}
	}
}

/** Some whole segments from the segment boundary `start` on, at least one. Only the last one of
 * a window may have been cut short by it (of words seldom the last but one, which does no harm). */
function firstSegments(
	segmenter: Intl.Segmenter,
	text: string,
	start: number,
	window = WINDOW,
): string[] {
	const piece = text.slice(start, afterPair(text, start + window));
	const found = Array.from(segmenter.segment(piece), ({ segment }) => segment);
	if (start + piece.length >= text.length) return found;
	return found.length > 1 ? found.slice(0, -1) : firstSegments(segmenter, text, start, window * 2);
}

/** The next place from `at` on that is not inside a surrogate pair. */
export function afterPair(text: string, at: number): number {
	const inside = /[\ud800-\udbff]/.test(text[at - 1]) && /[\udc00-\udfff]/.test(text[at]);
	return inside ? at + 1 : at;
}
