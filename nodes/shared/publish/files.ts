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
	isObject,
	mistype,
	readText,
	told,
	warn,
	type Field,
	type Given,
	type Notes,
} from './values';

/** One row of the field: where its files are said to be, and what else is said of them. */
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
 * The Media field: each row may name several files, by text, by list, or as n8n's own binary data.
 * Files that an expression comes to nothing for are left out; an empty field is a mistake.
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

/** Whether it is what n8n knows a file by. */
function isFile(value: unknown): value is IBinaryData {
	if (!isObject(value)) return false;
	const { mimeType, id, data, fileName, fileExtension } = value;
	// An expression of n8n's leaves out the data where they are in memory.
	const named = [id, data, fileName, fileExtension].some((one) => typeof one === 'string');
	return typeof mimeType === 'string' && named;
}

function rowOf(notes: Notes, row: Given, field: Field): Row {
	const { altText, ...given } = row.value as IDataObject;
	// n8n leaves out what stands at its default; a source that came to nothing is there.
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

/** Of text its lines, and what commas part in them. */
function addresses(value: unknown): unknown[] {
	if (typeof value !== 'string') return [value];
	return linesIn(value).filter(Boolean).flatMap(byCommas);
}

/** An address may have commas in it: only what are addresses on both sides is parted. */
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

/** Of several files one line each, of one all of it. */
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

/** Somebody may want a picture twice; mostly it is a mistake. */
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
