import { randomBytes } from 'crypto';

import type { FileBytes, Framed, FormPart } from '../contract/http';
import { exactly } from './chunks';
import { streamed, type StreamedBody } from './streamed';

export interface Multipart {
	headers: { 'content-type': string; 'content-length': number };
	body: Buffer | StreamedBody;
}

const CRLF = '\r\n';

/** Encodes the parts as multipart/form-data (RFC 7578); one Buffer if all of them are in memory. */
export function multipart(parts: readonly FormPart[]): Multipart {
	const boundary = `form-${randomBytes(16).toString('hex')}`;
	const pieces = [
		...parts.flatMap((part) => [
			Buffer.from(`--${boundary}${CRLF}${heading(part)}${CRLF}${CRLF}`),
			'data' in part ? part.data : Buffer.from(part.value),
			Buffer.from(CRLF),
		]),
		Buffer.from(`--${boundary}--${CRLF}`),
	];
	const type = `multipart/form-data; boundary=${boundary}`;
	const length = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
	return {
		headers: { 'content-type': type, 'content-length': length },
		body: bodyOf(pieces, length, type),
	};
}

type Piece = Buffer | FileBytes | Framed;

/**
 * One Buffer if all pieces are in memory, made without a copy if the file has spare room around it.
 */
function bodyOf(pieces: readonly Piece[], length: number, type: string) {
	const at = pieces.findIndex((piece) => 'framed' in piece);
	const plain = pieces.map((piece) => ('framed' in piece ? piece.bytes : piece));
	if (!plain.every(Buffer.isBuffer)) return streamed(() => read(plain), length, type);
	const file = pieces[at];
	if (!file || !('framed' in file)) return Buffer.concat(plain);
	return file.framed(Buffer.concat(plain.slice(0, at)), Buffer.concat(plain.slice(at + 1)));
}

function heading(part: FormPart) {
	const disposition = `Content-Disposition: form-data; name="${escaped(part.name)}"`;
	if (!('data' in part)) return disposition;
	const type = /^[\x20-\x7e]+$/.test(part.contentType)
		? part.contentType
		: 'application/octet-stream';
	return `${disposition}; filename="${escaped(part.filename)}"${CRLF}Content-Type: ${type}`;
}

const ESCAPES: Record<string, string> = { '"': '%22', '\r': '%0D', '\n': '%0A' };

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
function escaped(name: string) {
	return name.replace(/["\r\n]/g, (character) => ESCAPES[character] ?? character);
}

function sizeOf(piece: Piece) {
	if (Buffer.isBuffer(piece)) return piece.length;
	return 'framed' in piece ? piece.bytes.length : piece.bytes;
}

async function* read(pieces: ReadonlyArray<Buffer | FileBytes>): AsyncGenerator<Buffer> {
	for (const piece of pieces) {
		if (Buffer.isBuffer(piece)) yield piece;
		else yield* exactly(await piece.open(), piece.bytes);
	}
}
