import type { Parser } from '../vendor/htmlparser2';
import { charsetOf, headReader, type PageHead } from './pageHead';

/** Decodes a page and reads its head. */
export interface PageDecoder {
	write(bytes: Buffer): void;
	/** Whether the end of the head was reached. */
	isOver(): boolean;
	end(): PageHead;
}

/**
 * The HTML standard searches the first 1,024 bytes for the encoding; real pages need more. If it
 * comes later, the page is decoded again.
 */
const PRESCAN = 8192;
const BOMS: ReadonlyArray<readonly [bom: number[], label: string]> = [
	[[0xef, 0xbb, 0xbf], 'utf-8'],
	[[0xfe, 0xff], 'utf-16be'],
	[[0xff, 0xfe], 'utf-16le'],
];

/**
 * Picks the encoding as browsers do: byte order mark, header, the page's own declaration, else
 * UTF-8: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding. A
 * page without a declaration that is not UTF-8 is read as windows-1252.
 */
export function decoderFor(HtmlParser: typeof Parser, contentType?: string): PageDecoder {
	const start: Buffer[] = [];
	let length = 0;
	let reading: Reading | undefined;
	const begin = () => {
		const first = Buffer.concat(start);
		const label = labelOf(HtmlParser, first, contentType);
		reading = readingIn(HtmlParser, label ?? 'utf-8', label === undefined);
		reading.write(first);
	};
	return {
		write: (bytes) => {
			if (reading) return reading.write(bytes);
			start.push(bytes);
			length += bytes.length;
			if (length >= PRESCAN) begin();
		},
		isOver: () => reading?.isOver() ?? false,
		end: () => {
			if (!reading) begin();
			return (reading as Reading).end();
		},
	};
}

type Reading = PageDecoder;

/** `guessed`: keeps the bytes, to decode them again if the guess was wrong. */
function readingIn(HtmlParser: typeof Parser, label: string, guessed: boolean): Reading {
	const decoder = textDecoder(label);
	const kept: Buffer[] = [];
	const reader = headReader(HtmlParser);
	const seen = { good: 0, bad: 0 };
	const read = (html: string) => {
		if (guessed) count(html, seen);
		reader.write(html);
	};
	return {
		write: (bytes) => {
			if (guessed) kept.push(bytes);
			read(decoder(bytes));
		},
		isOver: reader.isOver,
		end: () => {
			read(decoder());
			const better = guessed ? (named(reader.head) ?? guess(reader.head, seen)) : label;
			if (better === label) return reader.head;
			const again = headReader(HtmlParser);
			again.write(textDecoder(better)(Buffer.concat(kept)));
			return again.head;
		},
	};
}

/** Counts of characters outside ASCII that are valid UTF-8, and of invalid bytes. */
interface Seen {
	good: number;
	bad: number;
}

function count(text: string, seen: Seen) {
	for (const [run] of text.matchAll(/[^\0-\x7f\uFFFD]+/g)) seen.good += run.length;
	for (const [run] of text.matchAll(/\uFFFD+/g)) seen.bad += run.length;
}

/** A few invalid bytes among many valid characters do not change the encoding. */
function guess({ title = '', metas }: PageHead, { good, bad }: Seen) {
	const isGarbled = [title, ...metas.values()].some((text) => text.includes('\uFFFD'));
	return isGarbled && bad > good ? 'windows-1252' : 'utf-8';
}

/** The bytes 80 to 9F in windows-1252. Node.js before 24 decodes them as control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Decodes in pieces; a call without bytes returns the rest. */
function textDecoder(label: string): (bytes?: Buffer) => string {
	const decoder = new TextDecoder(label);
	const isWindows = decoder.encoding === 'windows-1252';
	return (bytes) => {
		const text = decoder.decode(bytes, { stream: bytes !== undefined });
		return isWindows
			? text.replace(/[\x80-\x9f]/g, (one) => WINDOWS_1252[one.charCodeAt(0) - 0x80] ?? one)
			: text;
	};
}

function labelOf(HtmlParser: typeof Parser, first: Buffer, contentType?: string) {
	const bom = BOMS.find(([bytes]) => bytes.every((byte, index) => first[index] === byte));
	if (bom) return bom[1];
	const header = known(charsetOf(contentType));
	if (header) return header;
	const scan = headReader(HtmlParser);
	scan.write(first.subarray(0, PRESCAN).toString('latin1'));
	return named(scan.head);
}

/**
 * The encoding that the page declares. A declaration of UTF-16 is wrong, because it was read as
 * ASCII.
 */
function named({ charset }: PageHead): string | undefined {
	const label = known(charset);
	return label?.startsWith('utf-16') ? 'utf-8' : label;
}

/** The WHATWG name of an encoding; undefined if it is unknown. */
function known(label?: string): string | undefined {
	try {
		return label && new TextDecoder(label).encoding;
	} catch {
		return undefined;
	}
}
