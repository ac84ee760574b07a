import { digester, type Digest, type Digester } from './digest';

export interface FilePart extends Digest {
	field: string;
	filename: string;
	type: string;
	/** Number of plain fields before the file. */
	fieldsBefore: number;
}

export interface Multipart {
	fields: Array<[string, string]>;
	files: FilePart[];
}

interface Open {
	field: string;
	filename?: string;
	type: string;
	digest: Digester;
}

type Where = 'preamble' | 'boundary' | 'headers' | 'body' | 'end';

const FIELD_LIMIT = 1024 * 1024;
const HEADER_LIMIT = 16 * 1024;

/** Reads multipart/form-data as a stream; hashes and counts files without keeping them. */
export async function readMultipart(
	source: AsyncIterable<Buffer>,
	boundary: string,
	keepFiles: number,
): Promise<Multipart> {
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	const found: Multipart = { fields: [], files: [] };
	let rest: Buffer = Buffer.from('\r\n');
	let where: Where = 'preamble';
	let part: Open | undefined;

	const step = (): boolean => {
		if (where === 'preamble' || where === 'body') {
			const at = rest.indexOf(delimiter);
			const upTo = at < 0 ? Math.max(0, rest.length - delimiter.length) : at;
			part?.digest.add(rest.subarray(0, upTo));
			rest = rest.subarray(at < 0 ? upTo : at + delimiter.length);
			if (at < 0) return false;
			if (part) close(part, found);
			part = undefined;
			where = 'boundary';
		} else if (where === 'boundary') {
			if (rest.length < 2) return false;
			where = rest.subarray(0, 2).toString() === '--' ? 'end' : 'headers';
			if (where === 'headers') rest = rest.subarray(2);
		} else if (where === 'headers') {
			const at = rest.indexOf('\r\n\r\n');
			if (at < 0 && rest.length > HEADER_LIMIT) throw new Error('part headers too long');
			if (at < 0) return false;
			part = open(rest.subarray(0, at).toString('utf8'), keepFiles);
			rest = rest.subarray(at + 4);
			where = 'body';
		}
		return where !== 'end';
	};

	const ended = () => where === 'end';
	for await (const chunk of source) {
		if (ended()) continue;
		rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
		while (step());
	}
	if (!ended()) throw new Error('multipart body ended early');
	return found;
}

function open(headers: string, keepFiles: number): Open {
	const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
	const field = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
	if (field === undefined) throw new Error('part without a name');
	const filename = /filename="([^"]*)"/i.exec(disposition)?.[1];
	const type = /^content-type:\s*(.*)$/im.exec(headers)?.[1]?.trim();
	const isFile = filename !== undefined;
	return {
		field,
		filename,
		type: type ?? (isFile ? 'application/octet-stream' : 'text/plain'),
		digest: digester(isFile ? keepFiles : FIELD_LIMIT),
	};
}

function close(part: Open, found: Multipart): void {
	const digest = part.digest.done();
	const { field, filename, type } = part;
	if (filename === undefined) found.fields.push([field, (digest.bytes ?? '').toString('utf8')]);
	else found.files.push({ field, filename, type, fieldsBefore: found.fields.length, ...digest });
}
