import type { TextRule } from '../contract/textRule';
import { atoms, CUT, type Atom } from './atoms';
import { counting, type Counting } from './count';

/** The parts of a thread, or the first piece that is too long for a part and must not be cut. */
export type Split = { parts: string[] } | { unbreakable: string };

export interface SplitOptions {
	numbering?: boolean; // ends each part with ' (1/3)', unless there is only one; default true
}

interface Size {
	length: number;
	bytes: number;
}

const NOTHING: Size = { length: 0, bytes: 0 };

// An end of paragraph or sentence is preferred only if the part is filled to this share. Otherwise
// a short title would become a post of its own.
const WELL_FILLED = 1 / 3;

/**
 * Splits at the end of a paragraph, line, sentence or word, in this preference, and never inside a
 * link, mention, hashtag or grapheme. Each part with its number fits the rule.
 */
export async function split(
	text: string,
	rule: TextRule,
	{ numbering = true }: SplitOptions = {},
): Promise<Split> {
	const counter = await counting(rule);
	if (counter.fits(text)) return { parts: [text] };
	const trimmed = text.trim();
	if (trimmed !== text && counter.fits(trimmed)) return { parts: [trimmed] };
	const pack = packing(trimmed, rule, counter);
	if (!numbering) return pack(() => '');
	for (let total = 9; ; total = total * 10 + 9) {
		const packed = pack((part) => ` (${part}/${total})`, total);
		if ('unbreakable' in packed) return packed;
		const { parts } = packed;
		if (parts.length <= total)
			return { parts: parts.map((part, i) => `${part} (${i + 1}/${parts.length})`) };
	}
}

function packing(text: string, { max, maxBytes }: TextRule, counter: Counting) {
	const size = sizing(counter, maxBytes !== undefined);
	const limit = { length: max, bytes: maxBytes ?? 0 };
	const small = less(limit, size(' (99999/99999)'));
	const list = atoms(text, (piece) => within(size(piece), small));
	const extent = extents(text, list, size);

	/** Stops after one part more than `most`. */
	return (suffix: (part: number) => string, most = Infinity): Split => {
		const parts: string[] = [];
		for (let first = 0; first < list.length && parts.length <= most; ) {
			const end = suffix(parts.length + 1);
			const slice = (last: number) => text.slice(list[first]?.start, list[last]?.end);
			const last = lastOfPart(list, first, extent, less(limit, size(end)), (last) =>
				counter.fits(slice(last) + end),
			);
			if (last < first) return { unbreakable: slice(first) };
			parts.push(slice(last));
			first = last + 1;
		}
		return { parts };
	};
}

type Extent = (first: number, last: number) => Size;

/** Returns the size of any sequence of atoms, with the white space between them, after one pass. */
function extents(text: string, list: Atom[], size: (piece: string) => Size): Extent {
	const places: Array<{ before: Size; through: Size }> = [];
	let before = NOTHING;
	list.forEach(({ start, end }, i) => {
		const through = sum(before, size(text.slice(start, end)));
		places.push({ before, through });
		before = sum(through, size(text.slice(end, list[i + 1]?.start ?? end)));
	});
	return (first, last) => less(places[last]?.through ?? NOTHING, places[first]?.before ?? NOTHING);
}

/**
 * Index of the last atom of the part that begins with `first`; `first - 1` if not even that one
 * fits. Sizes of neighbors do not always add up, so the exact count decides.
 */
function lastOfPart(
	list: Atom[],
	first: number,
	extent: Extent,
	room: Size,
	fits: (last: number) => boolean,
): number {
	let last = first - 1;
	while (last + 1 < list.length && within(extent(first, last + 1), room)) last++;
	const enough = room.length * WELL_FILLED;
	while (last >= first) {
		last = bestCut(list, first, last, (at) => extent(first, at).length >= enough);
		if (fits(last)) return last;
		last = Math.min(last - 1, first + Math.floor((last - first) * 0.9));
	}
	return last;
}

function bestCut(list: Atom[], first: number, last: number, filled: (at: number) => boolean) {
	const cutOf = (at: number) => list[at]?.cut ?? CUT.grapheme;
	let best = last;
	if (last === list.length - 1) return best;
	for (let at = last - 1; at >= first; at--) {
		if (cutOf(best) > CUT.grapheme && !filled(at)) break;
		if (cutOf(at) > cutOf(best)) best = at;
	}
	return best;
}

// Most words of a long text occur several times.
function sizing(counter: Counting, withBytes: boolean): (piece: string) => Size {
	const known = new Map<string, Size>();
	return (piece) => {
		const found = known.get(piece) ?? {
			length: counter.length(piece),
			bytes: withBytes ? counter.bytes(piece) : 0,
		};
		known.set(piece, found);
		return found;
	};
}

function sum(a: Size, b: Size): Size {
	return { length: a.length + b.length, bytes: a.bytes + b.bytes };
}

function less(a: Size, b: Size): Size {
	return { length: a.length - b.length, bytes: a.bytes - b.bytes };
}

function within(a: Size, b: Size): boolean {
	return a.length <= b.length && a.bytes <= b.bytes;
}
