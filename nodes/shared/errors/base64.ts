import type { Span } from './spans';

/**
 * What stands in the base64 of any text that has the secret in it, be it `id:secret` or a document:
 * one for each way in which three bytes may begin with it, less the letters that depend on what is
 * before and behind.
 */
export function coversOf(secret: string): string[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = Math.floor((bytes.length * 8) / 6);
		return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), whole);
	});
}

/** The whole runs of base64 that have one of these in them. */
export function runsWith(text: string, covers: readonly string[]): Span[] {
	const usual = text.replaceAll('-', '+').replaceAll('_', '/');
	return covers.flatMap((cover) => {
		const spans: Span[] = [];
		for (let at = usual.indexOf(cover); at >= 0; at = usual.indexOf(cover, at)) {
			const [start, end] = runAround(usual, at, at + cover.length);
			spans.push([start, end]);
			at = end;
		}
		return spans;
	});
}

function runAround(text: string, from: number, to: number): Span {
	let [start, end] = [from, to];
	while (start > 0 && /[A-Za-z0-9+/]/.test(text[start - 1])) start--;
	while (end < text.length && /[A-Za-z0-9+/=]/.test(text[end])) end++;
	return [start, end];
}
