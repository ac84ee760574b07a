/**
 * What a text may stand for, by whatever it was written in. It shares no code and no list with what
 * hides secrets, so that it cannot be blind where that is.
 */

/** How often one encoding may lie in another, and how many readings of a text are worth a look. */
const DEEPEST = 4;
const MOST = 400;

const NAMED: Record<string, string> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sol: '/', bsol: '\\' },
	...{ plus: '+', equals: '=', colon: ':', eacute: 'é', nbsp: ' ' },
};
const LETTERS: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

type Decoder = (text: string) => string[];

/** The text itself and all that it says when it is decoded, over and over. */
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

/** What stands before a run may belong to it or not, so that it is read from each of its first letters. */
const base64: Decoder = (text) => {
	const runs = text.match(/[\w+/-]{12,}={0,2}/g) ?? [];
	return runs.flatMap((run) =>
		[0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString()).filter(isText),
	);
};

const hex: Decoder = (text) =>
	(text.match(/(?:[0-9a-f]{2}){8,}/gi) ?? []).map((run) => Buffer.from(run, 'hex').toString());

const DECODERS: readonly Decoder[] = [percent, spaces, html, json, base64, hex];

/** Letters taken for base64 become bytes that mostly are no text at all; a few may be cut in two. */
function isText(text: string): boolean {
	const odd = text.match(/(?!\s)\p{Cc}|\ufffd/gu) ?? [];
	return odd.length <= text.length / 3;
}
