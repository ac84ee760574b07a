/**
 * Decodes a text in every known way. Shares no code and no list with the code that hides secrets,
 * so that both cannot have the same gap.
 */

/** Deepest nesting of encodings, and the most readings of a text. */
const DEEPEST = 4;
const MOST = 400;

const NAMED: Record<string, string> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sol: '/', bsol: '\\' },
	...{ plus: '+', equals: '=', colon: ':', eacute: 'é', nbsp: ' ' },
};
const LETTERS: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

type Decoder = (text: string) => string[];

/** Yields the text and all its decoded forms, repeatedly decoded. */
export function* readings(text: string): Generator<string> {
	const all = new Set([text]);
	yield text;
	let newest = [text];
	for (let depth = 0; depth < DEEPEST && newest.length > 0; depth++) {
		const next = newest.flatMap((one) => DECODERS.flatMap((decoder) => decoder(one)));
		newest = [...new Set(next)].filter((one) => !all.has(one)).slice(0, MOST);
		for (const one of newest) {
			all.add(one);
			yield one;
		}
	}
}

const percent: Decoder = (text) => [
	text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
		Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
	),
];

const spaces: Decoder = (text) => [text.replaceAll('+', ' ')];

const html: Decoder = (text) => [
	text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (entity, name: string) => {
		if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? entity;
		const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
	}),
];

const json: Decoder = (text) => [
	text.replace(/\\(u[0-9a-f]{4}|x[0-9a-f]{2}|[^])/gi, (_all, told: string) =>
		told.length > 1 ? String.fromCharCode(parseInt(told.slice(1), 16)) : (LETTERS[told] ?? told),
	),
];

/**
 * The first letters of a run may belong to the text before it, so the run is decoded from each of
 * them.
 */
const base64: Decoder = (text) => {
	const runs = text.match(/[\w+/-]{12,}={0,2}/g) ?? [];
	return runs.flatMap((run) =>
		[0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString()).filter(isText),
	);
};

const hex: Decoder = (text) =>
	(text.match(/(?:[0-9a-f]{2}){8,}/gi) ?? []).map((run) => Buffer.from(run, 'hex').toString());

const DECODERS: readonly Decoder[] = [percent, spaces, html, json, base64, hex];

/**
 * Letters wrongly taken for base64 mostly decode to bytes that are not text. A few odd characters
 * are allowed, because a character at the end may be cut.
 */
function isText(text: string): boolean {
	const odd = text.match(/(?!\s)\p{Cc}|\ufffd/gu) ?? [];
	return odd.length <= text.length / 3;
}
