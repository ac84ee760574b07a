import { occurrences, type Span } from './spans';

/**
 * Strings that appear in the base64 form of any text containing the secret, such as `id:secret` or
 * a document. There is one for each position of the secret in a group of three bytes, without the
 * characters that depend on neighboring bytes.
 */
export function coversOf(secret: string): string[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = Math.floor((bytes.length * 8) / 6);
		return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), whole);
	});
}

/** Spans of whole base64 runs that contain one of the strings, also across line breaks. */
export function runsWith(text: string, covers: readonly string[]): Span[] {
	const usual = text.replaceAll('-', '+').replaceAll('_', '/');
	const { letters, from } = unbroken(usual);
	return covers.flatMap((cover) => {
		const spans: Span[] = [];
		let done = 0;
		for (const [start, last] of occurrences(letters, cover)) {
			const [begin, end] = [from?.[start] ?? start, (from?.[last - 1] ?? last - 1) + 1];
			// This run is already covered.
			if (end <= done) continue;
			const run = runAround(usual, begin, end);
			spans.push(run);
			done = run[1];
		}
		return spans;
	});
}

/** The text without white space, and the original index of each character if some was removed. */
function unbroken(text: string): { letters: string; from?: Uint32Array } {
	if (!/\s/.test(text)) return { letters: text };
	const from = new Uint32Array(text.length);
	let length = 0;
	for (const { 0: piece, index } of text.matchAll(/\S+/g)) {
		for (let at = 0; at < piece.length; at++) from[length++] = index + at;
	}
	return { letters: text.replace(/\s+/g, ''), from };
}

function runAround(text: string, from: number, to: number): Span {
	let [start, end] = [from, to];
	while (start > 0 && /[A-Za-z0-9+/]/.test(text.charAt(start - 1))) start--;
	while (end < text.length && /[A-Za-z0-9+/=]/.test(text.charAt(end))) end++;
	return [start, end];
}
