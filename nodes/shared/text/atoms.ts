import { entities, type Entity } from './entities';
import { dictionaryWords, graphemes } from './graphemes';

/** Ranks of places to cut: a higher one is better. */
export const CUT = { grapheme: 0, word: 1, sentence: 2, line: 3, paragraph: 4 } as const;
export type Cut = (typeof CUT)[keyof typeof CUT];

/** An indivisible piece of text; between two of them is white space or nothing. */
export interface Atom {
	start: number;
	end: number;
	cut: Cut; // rank of the place after it
}

type Fits = (piece: string) => boolean;

// No-break spaces belong to the word.
const WORD = /[\S\u00a0\u2007\u202f\ufeff]+/gu;
const JOINS_BEFORE = /^[\p{Grapheme_Extend}\p{Mc}\u200d]/u;
const SPACELESS =
	/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u3001-\u303f\uff01-\uff60]/u;
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ー]/u;
const OPENING = /[\p{Ps}\p{Pi}]$/u;
const SENTENCE_END = /[\p{Sentence_Terminal}…]["'\p{Pe}\p{Pf}]*$/u;
// "3.", "B.", "e.g.", "Dr.": missing the end of a sentence is better than cutting in its middle.
const ABBREVIATION =
	/^\p{P}*(?:\d{1,3}|(?:\p{L}\.)*\p{L}|mr|mrs|ms|dr|prof|st|vs|no|nr|bzw|ca)\.$/iu;

/**
 * Divides a text into pieces for splitting: words; dictionary words in scripts without spaces;
 * graphemes of a word that does not fit alone. Entities stay whole.
 */
export function atoms(text: string, fits: Fits): Atom[] {
	const found = entities(text);
	let next = 0;
	return words(text, found).flatMap((word) => {
		const inside: Entity[] = [];
		for (let one = found[next]; one && one.end <= word.end; one = found[++next]) inside.push(one);
		const whole = text.slice(word.start, word.end);
		return SPACELESS.test(whole) || !fits(whole) ? divided(text, word, inside, fits) : [word];
	});
}

/** Runs without white space. An entity with spaces, such as [a label](link), joins its runs. */
function words(text: string, found: Entity[]): Atom[] {
	const result: Atom[] = [];
	let entity = 0;
	for (const { 0: word, index } of text.matchAll(WORD)) {
		const last = result.at(-1);
		while (last && endOf(found[entity]) <= last.end) entity++;
		const joined = last && (found[entity]?.start ?? Infinity) < last.end;
		if (last && (joined || JOINS_BEFORE.test(word))) last.end = index + word.length;
		else result.push({ start: index, end: index + word.length, cut: CUT.word });
	}
	result.forEach((word, i) => {
		const next = result[i + 1];
		if (next) word.cut = cutAfter(text, word, next.start);
	});
	return result;
}

function endOf(entity: Entity | undefined): number {
	return entity?.end ?? Infinity;
}

function cutAfter(text: string, { start, end }: Atom, next: number): Cut {
	const lines = text.slice(end, next).match(/\r\n?|[\n\u2028\u2029]/g)?.length ?? 0;
	if (lines > 1) return CUT.paragraph;
	if (lines === 1) return CUT.line;
	const word = text.slice(start, end);
	const ends =
		SENTENCE_END.test(word) && !ABBREVIATION.test(word) && !/\p{Ll}/u.test(text.charAt(next));
	return ends ? CUT.sentence : CUT.word;
}

function divided(text: string, word: Atom, inside: Entity[], fits: Fits): Atom[] {
	const ends = offsets(graphemes(text.slice(word.start, word.end)), word.start);
	const result: Atom[] = [];
	let { start } = word;
	let whole = start; // end of the last complete grapheme
	for (const { end, cut } of pieces(text, word, inside, fits)) {
		while (whole < end) whole = ends.next().value ?? end;
		if (whole === end && end < word.end) {
			result.push({ start, end, cut: cut === CUT.word ? cutWithin(text, start, end) : cut });
			start = end;
		}
	}
	return [...result, { start, end: word.end, cut: word.cut }];
}

/** A line should not begin with a closing bracket or a comma, nor end with an opening bracket. */
function cutWithin(text: string, start: number, end: number): Cut {
	const before = text.slice(start, end);
	if (CLOSING.test(text.slice(end, end + 2)) || OPENING.test(before)) return CUT.grapheme;
	return SENTENCE_END.test(before) ? CUT.sentence : CUT.word;
}

function* pieces(text: string, word: Atom, inside: Entity[], fits: Fits) {
	for (const { start, end, whole } of stretches(word, inside)) {
		if (whole) yield { end, cut: CUT.word };
		else yield* piecesBetween(text.slice(start, end), start, fits);
	}
}

function* piecesBetween(text: string, start: number, fits: Fits) {
	for (const word of dictionaryWords(text)) {
		if (fits(word)) yield { end: start + word.length, cut: CUT.word };
		else for (const end of offsets(graphemes(word), start)) yield { end, cut: CUT.grapheme };
		start += word.length;
	}
}

/** Entities and the text between them. */
function* stretches({ start, end }: Atom, inside: Entity[]) {
	for (const entity of inside) {
		if (entity.start > start) yield { start, end: entity.start, whole: false };
		yield { ...entity, whole: true };
		start = entity.end;
	}
	if (start < end) yield { start, end, whole: false };
}

function* offsets(pieces: Iterable<string>, at: number): Generator<number, undefined> {
	for (const piece of pieces) yield (at += piece.length);
	return undefined;
}
