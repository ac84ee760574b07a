import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import { without } from '../without';
import { addressIn, hasScheme } from './address';
import { readAddress, rowsIn } from './options';
import {
	DEEPEST,
	inside,
	isExpression,
	isNothing,
	isPlainObject,
	mistype,
	readText,
	told,
	warn,
	type Field,
	type Given,
	type Notes,
} from './values';

/** One row of the field: the given files and their properties. */
interface Row {
	field: Field;
	isUrl: boolean;
	place: Given;
	options: IDataObject;
	altText: unknown;
}

const MEDIA: Field = { label: 'Media', name: 'media' };
const FILES: Field = { label: 'Input Binary Field', name: 'media' };

/**
 * Reads the Media field. Each row may give several files: as text, as a list, or as n8n's binary
 * data. A file whose expression gives nothing is left out; an empty field is a problem.
 */
export function readMedia(notes: Notes, given: Given, field: Field = MEDIA): MediaSource[] {
	const rows = rowsIn(notes, given, 'medium', field);
	const sources = rows.flatMap((row, index) => {
		const label = `of file ${index + 1} of ${field.label}`;
		return sourcesIn(notes, rowOf(notes, row, { label, name: 'media' }), index);
	});
	warnOfTwins(notes, sources, field);
	return sources;
}

/** Whether the value is a file object of n8n. */
function isFile(value: unknown): value is IBinaryData {
	if (!isPlainObject(value)) return false;
	const { mimeType, id, data, fileName, fileExtension } = value;
	// In memory mode, an n8n expression returns a file without its data.
	const named = [id, data, fileName, fileExtension].some((one) => typeof one === 'string');
	return typeof mimeType === 'string' && named;
}

function rowOf(notes: Notes, row: Given, field: Field): Row {
	const { altText, ...given } = row.value as IDataObject;
	// n8n omits values equal to the default; a source whose expression gave nothing is present but
	// empty.
	const { source, ...rest } = 'source' in given ? given : { ...given, source: 'binary' };
	if (source !== 'url' && source !== 'binary') {
		mistype(notes, named(field, 'Source'), source, 'binary or url');
	}
	const isUrl = source === 'url';
	const options = without(rest, 'binaryProperty', 'url');
	const kept = Object.entries(options).map(([name, value]) => [
		name,
		readText(notes, named(field, name), value),
	]);
	return {
		...{ field, isUrl, altText, options: Object.fromEntries(kept) as IDataObject },
		place: inside(row, isUrl ? 'url' : 'binaryProperty'),
	};
}

function sourcesIn(notes: Notes, row: Row, index: number): MediaSource[] {
	const { place, isUrl, field, options } = row;
	const pieces = listed(place.value).flatMap(isUrl ? addresses : names);
	if (pieces.length === 0) {
		const isMeant = isExpression(place) || place.value === null;
		return isMeant ? [] : [{ missing: emptyRow(index, isUrl), alt: '', options }];
	}
	const alts = altsOf(notes, row, pieces.length);
	return pieces.flatMap((piece, at): MediaSource[] => {
		const about = { alt: alts[at] ?? '', options };
		if (isUrl) {
			const url = readAddress(notes, named(field, 'URL'), piece);
			return url === undefined ? [] : [{ url, ...about }];
		}
		if (isFile(piece) || typeof piece === 'string') return [{ binary: piece, ...about }];
		const wanted = 'the name of a field, a file or a list of these';
		mistype(notes, named(field, FILES.label), piece, wanted);
		return [];
	});
}

function named({ label, name }: Field, what: string): Field {
	return { label: `${what} ${label}`, name };
}

function listed(value: unknown): unknown[] {
	return (Array.isArray(value) ? value.flat(DEEPEST) : [value]).filter((one) => !isNothing(one));
}

/** URLs in a text, separated by newlines or commas. */
function addresses(value: unknown): unknown[] {
	if (typeof value !== 'string') return [value];
	return linesIn(value).filter(Boolean).flatMap(byCommas);
}

/** Splits at commas only if all pieces are URLs, because a URL may contain commas. */
function byCommas(line: string): string[] {
	const pieces = piecesIn(line);
	if (pieces.every(hasScheme) && pieces.every((piece) => addressIn(piece))) return pieces;
	const apart = line.split(/,\s+/).filter(Boolean);
	return apart.every((piece) => addressIn(piece)) ? apart : [line];
}

function names(value: unknown): unknown[] {
	if (typeof value === 'number') return [String(value)];
	return typeof value === 'string' ? piecesIn(value) : [value];
}

function piecesIn(text: string): string[] {
	return text
		.split(',')
		.map((piece) => piece.trim())
		.filter(Boolean);
}

function linesIn(text: string): string[] {
	return text.split(/\r?\n/).map((line) => line.trim());
}

/** Alt texts: one line per file for several files, the whole text for one file. */
function altsOf(notes: Notes, { field, altText }: Row, files: number): string[] {
	const alt = named(field, 'Alt Text');
	const texts = Array.isArray(altText) ? altText : [altText];
	const read = texts.map((text) => readText(notes, alt, text).trim());
	if (Array.isArray(altText)) return read;
	return files > 1 ? read.flatMap(linesIn) : read;
}

function emptyRow(index: number, isUrl: boolean): string {
	const what = isUrl ? 'URL' : FILES.label;
	return `File ${index + 1} of Media has an empty ${what} (an expression that comes to nothing leaves the file out)`;
}

/** Warns about repeated files, which are usually a mistake. */
function warnOfTwins(notes: Notes, sources: MediaSource[], field: Field) {
	const seen = new Map<unknown, number>();
	for (const { url, binary } of sources) {
		const file =
			typeof binary === 'string'
				? `field ${binary}`
				: (binary?.id ?? binary?.data ?? binary?.fileName);
		const place = url ?? file;
		if (place === undefined) continue;
		const times = (seen.get(place) ?? 0) + 1;
		seen.set(place, times);
		if (times !== 2) continue;
		warn(notes, field, 'twice', `${nameOf(url, binary)} is in the post more than once`);
	}
}

function nameOf(url: string | undefined, binary: MediaSource['binary']): string {
	if (url !== undefined) return `The file at ${url.replace(/[?#].*$/s, '')}`;
	if (typeof binary === 'string') return `The file in the field ${binary}`;
	return `The file ${binary?.fileName ?? told(binary?.mimeType)}`;
}
