import { afterPair } from './graphemes';

// A link may have 4,096 characters.
const LONGEST_LINK = 4096;
// No link or emoji extends across these.
const SEPARATOR = /[\s\u3001\u3002\uff01\uff0c\uff1f]/;

/**
 * X's own counting. Its package is slow for long texts without white space, so the text is passed
 * in pieces whose lengths add up.
 */
export async function weighing() {
	const { hasInvalidCharacters, parseTweet } = await import('../vendor/twitterText');
	const weigh = (text: string) => parseTweet(text).weightedLength;
	const invalidCharacters = (text: string) =>
		hasInvalidCharacters(text) ? Array.from(text).filter(hasInvalidCharacters).length : 0;
	return {
		// ASCII without a dot contains no link and no emoji.
		length: (text: string) => (/^[^.\x80-\uffff]*$/.test(text) ? text.length : sum(text, weigh)),
		invalid: (text: string) => sum(text, invalidCharacters),
	};
}

function sum(text: string, measure: (piece: string) => number): number {
	let total = 0;
	for (let start = 0, end; start < text.length; start = end) {
		end = pieceEnd(text, start);
		total += measure(text.slice(start, end));
	}
	return total;
}

function pieceEnd(text: string, start: number): number {
	if (start + LONGEST_LINK >= text.length) return text.length;
	let end = start + LONGEST_LINK;
	while (end > start && !SEPARATOR.test(text.charAt(end - 1))) end--;
	return end > start ? end : afterPair(text, start + LONGEST_LINK / 4);
}
