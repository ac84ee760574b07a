import type { Parser } from '../vendor/htmlparser2';
import { charsetOf, headReader, type PageHead } from './pageHead';

/** A page on its way from bytes to what its head says. */
export interface PageDecoder {
	write(bytes: Buffer): void;
	/** Whether the head is over. */
	isOver(): boolean;
	end(): PageHead;
}

/** Where the HTML standard looks for the name of the encoding is 1,024 bytes; pages take more. */
const PRESCAN = 8192;
const BOMS: ReadonlyArray<readonly [bom: number[], label: string]> = [
	[[0xef, 0xbb, 0xbf], 'utf-8'],
	[[0xfe, 0xff], 'utf-16be'],
	[[0xff, 0xfe], 'utf-16le'],
];

/**
 * Decodes by a byte order mark, the header, the page's own word, or else as UTF-8, as browsers do:
 * https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding. Pages that
 * name no encoding and are not in UTF-8 are taken for windows-1252.
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

/** `guessed`: if it turns out to be wrong, all is read again. */
function readingIn(HtmlParser: typeof Parser, label: string, guessed: boolean): Reading {
	const decoder = textDecoder(label);
	const kept: Buffer[] = [];
	const reader = headReader(HtmlParser);
	return {
		write: (bytes) => {
			if (guessed) kept.push(bytes);
			reader.write(decoder(bytes));
		},
		isOver: reader.isOver,
		end: () => {
			reader.write(decoder());
			if (!guessed || !isGarbled(reader.head)) return reader.head;
			const again = headReader(HtmlParser);
			again.write(textDecoder('windows-1252')(Buffer.concat(kept)));
			return again.head;
		},
	};
}

/** What the bytes 80 to 9F are in windows-1252; Node.js before 24 takes them for control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Decodes piece by piece; without bytes it gives what is left. */
function textDecoder(label: string): (bytes?: Buffer) => string {
	const decoder = new TextDecoder(label);
	const isWindows = decoder.encoding === 'windows-1252';
	return (bytes) => {
		const text = decoder.decode(bytes, { stream: bytes !== undefined });
		return isWindows
			? text.replace(/[\x80-\x9f]/g, (one) => WINDOWS_1252[one.charCodeAt(0) - 0x80])
			: text;
	};
}

function isGarbled({ title = '', metas }: PageHead) {
	return [title, ...metas.values()].some((text) => text.includes('\uFFFD'));
}

function labelOf(HtmlParser: typeof Parser, first: Buffer, contentType?: string) {
	const bom = BOMS.find(([bytes]) => bytes.every((byte, index) => first[index] === byte));
	if (bom) return bom[1];
	const header = known(charsetOf(contentType));
	if (header) return header;
	const scan = headReader(HtmlParser);
	scan.write(first.subarray(0, PRESCAN).toString('latin1'));
	const named = known(scan.head.charset);
	// Whoever could read this word has not read UTF-16.
	return named?.startsWith('utf-16') ? 'utf-8' : named;
}

/** The encoding's name by the WHATWG; undefined for what is none. */
function known(label?: string): string | undefined {
	try {
		return label && new TextDecoder(label).encoding;
	} catch {
		return undefined;
	}
}
