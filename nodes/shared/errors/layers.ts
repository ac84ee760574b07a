/** Most nested encodings: JSON in a form in HTML has three. */
const DEEPEST = 5;

/** A decoded text, with the index of each character in the original text. */
export interface Layer {
	readonly text: string;
	/** Has one more entry than the text has characters; absent if all indexes are the same. */
	readonly from?: Uint32Array;
}

/** Percent-encoded UTF-8 of URLs, HTML entities, escapes of JSON and programming languages. */
const ESCAPE = new RegExp(
	[
		'%[0-7][0-9a-f]',
		'%[cd][0-9a-f]%[89ab][0-9a-f]',
		'%e[0-9a-f](?:%[89ab][0-9a-f]){2}',
		'%f[0-7](?:%[89ab][0-9a-f]){3}',
		'&#x[0-9a-f]{1,8};?',
		String.raw`&#\d{1,8};?`,
		'&[a-z]{2,8};',
		// HTML accepts the oldest entities without a semicolon.
		'&(?:amp|lt|gt|quot|nbsp)',
		String.raw`\\u[0-9a-f]{4}`,
		String.raw`\\x[0-9a-f]{2}`,
		String.raw`\\["'\\/bfnrt]`,
	].join('|'),
	'gi',
);

const NAMED = new Map<string, string>([
	...([
		['amp', '&'],
		['lt', '<'],
		['gt', '>'],
		['quot', '"'],
		['apos', "'"],
	] as const),
	...([
		['sol', '/'],
		['bsol', '\\'],
		['plus', '+'],
		['equals', '='],
		['colon', ':'],
	] as const),
	...([
		['num', '#'],
		['percnt', '%'],
		['comma', ','],
		['lowbar', '_'],
		['nbsp', ' '],
	] as const),
]);
const LETTERS = new Map<string, string>([
	...([
		['b', '\b'],
		['f', '\f'],
		['n', '\n'],
		['r', '\r'],
		['t', '\t'],
	] as const),
]);

/** The text itself, then the text after each decoding. */
export function layersOf(text: string): Layer[] {
	let last: Layer = { text };
	const layers = [last];
	for (let depth = 0; depth < DEEPEST; depth++) {
		const next = decoded(last);
		if (!next) break;
		layers.push((last = next));
	}
	return layers;
}

/** The fully decoded text. */
export function plainly(text: string): string {
	return layersOf(text).at(-1)?.text ?? text;
}

function decoded({ text, from }: Layer): Layer | undefined {
	if (!/[%&\\]/.test(text)) return undefined;
	const origin = (at: number) => from?.[at] ?? at;
	const places = new Uint32Array(text.length + 1);
	const pieces: string[] = [];
	let length = 0;
	let done = 0;
	const take = (piece: string, at: number, step: number) => {
		for (let index = 0; index < piece.length; index++) places[length++] = origin(at + index * step);
		pieces.push(piece);
	};
	for (const { 0: escape, index } of text.matchAll(ESCAPE)) {
		const meant = meaningOf(escape);
		if (meant === undefined) continue;
		take(text.slice(done, index), done, 1);
		take(meant, index, 0);
		done = index + escape.length;
	}
	if (done === 0) return undefined;
	take(text.slice(done), done, 1);
	places[length] = origin(text.length);
	return { text: pieces.join(''), from: places };
}

/** Decodes one escape; the result is never longer than the escape. */
function meaningOf(escape: string): string | undefined {
	if (escape.startsWith('%')) return unescaped(escape);
	if (escape.startsWith('&#')) return entity(escape.slice(2).replace(';', ''));
	if (escape.startsWith('&')) return NAMED.get(escape.slice(1).replace(';', '').toLowerCase());
	if (escape.length === 2) return LETTERS.get(escape.charAt(1)) ?? escape.charAt(1);
	return String.fromCharCode(parseInt(escape.slice(2), 16));
}

function unescaped(bytes: string) {
	try {
		return decodeURIComponent(bytes);
	} catch {
		return undefined;
	}
}

function entity(told: string) {
	const code = /^x/i.test(told) ? parseInt(told.slice(1), 16) : Number(told);
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
