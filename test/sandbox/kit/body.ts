import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digester, type Digest } from './digest';
import { readMultipart, type FilePart } from './multipart';

export type Fields = Record<string, unknown>;

export type Body =
	| { kind: 'none' }
	| { kind: 'json'; value: unknown }
	| { kind: 'form'; fields: Array<[string, string]> }
	| { kind: 'multipart'; fields: Array<[string, string]>; files: FilePart[] }
	| { kind: 'binary'; type: string; digest: Digest; file?: string }
	| { kind: 'malformed'; reason: string };

export interface Keeping {
	keep?: number;
	spool?: boolean;
	text?: number;
}

const TEXT_LIMIT = 12 * 1024 * 1024;
const LONGEST_RECORDED = 64 * 1024;

/** Reads a request's whole body. Keeps JSON and forms, but only length and hash of files. */
export async function readBody(
	request: IncomingMessage,
	{ keep = 0, spool = false, text: longest = TEXT_LIMIT }: Keeping = {},
): Promise<Body> {
	const type = (request.headers['content-type'] ?? '').trim();
	const media = type.split(';')[0]!.trim().toLowerCase();
	try {
		if (media === 'multipart/form-data') return await multipart(request, type, keep);
		if (media === 'application/json' || media === 'application/x-www-form-urlencoded')
			return await text(request, media, longest);
		return await binary(request, media, keep, spool);
	} catch (error) {
		if (request.destroyed && !request.complete) throw error;
		return { kind: 'malformed', reason: String(error) };
	}
}

async function multipart(source: IncomingMessage, type: string, keepFiles: number): Promise<Body> {
	const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
	if (boundary) return { kind: 'multipart', ...(await readMultipart(source, boundary, keepFiles)) };
	await binary(source, type, 0);
	return { kind: 'malformed', reason: 'multipart without a boundary' };
}

async function text(source: IncomingMessage, media: string, longest: number): Promise<Body> {
	const taken = digester(longest);
	for await (const chunk of source) taken.add(chunk as Buffer);
	const { bytes, length } = taken.done();
	if (!bytes) return { kind: 'malformed', reason: `body of ${length} bytes` };
	const whole = bytes.toString('utf8');
	if (media === 'application/json')
		return whole === '' ? { kind: 'none' } : { kind: 'json', value: JSON.parse(whole) };
	return { kind: 'form', fields: [...new URLSearchParams(whole)] };
}

async function binary(
	source: IncomingMessage,
	type: string,
	keep: number,
	spool = false,
): Promise<Body> {
	const taken = digester(keep);
	const file = spool ? join(tmpdir(), `sandbox-${randomUUID()}`) : undefined;
	const out = file ? await open(file, 'w') : undefined;
	try {
		for await (const chunk of source) {
			taken.add(chunk as Buffer);
			await out?.write(chunk as Buffer);
		}
	} catch (error) {
		if (file) await rm(file, { force: true });
		throw error;
	} finally {
		await out?.close();
	}
	const digest = taken.done();
	if (digest.length === 0) return { kind: 'none' };
	return { kind: 'binary', type, digest, ...(file && { file }) };
}

/** `poll[options][]=a&poll[options][]=b` -> `{ poll: { options: ['a', 'b'] } }` */
export function nested(pairs: Iterable<[string, string]>): Fields {
	const result: Fields = {};
	for (const [name, value] of pairs) {
		const keys = name.split(/\[|\]\[|\]/).filter((key, at, all) => at < all.length - 1 || key);
		place(result, name.includes('[') ? keys : [name], value);
	}
	return result;
}

function place(into: Fields, [key, ...more]: string[], value: string): void {
	if (key === undefined) return;
	if (more.length === 0) {
		into[key] = value;
	} else if (more[0] === '') {
		const list = Array.isArray(into[key]) ? (into[key] as unknown[]) : [];
		into[key] = list;
		if (more.length === 1) return void list.push(value);
		const last = list.at(-1) as Fields | undefined;
		const fresh = !last || more[1]! in last;
		const item = fresh ? {} : last;
		if (fresh) list.push(item);
		place(item, more.slice(1), value);
	} else {
		into[key] = typeof into[key] === 'object' ? into[key] : {};
		place(into[key] as Fields, more, value);
	}
}

/** The form of a body in the log of requests; long strings are shortened. */
export function recorded(body: Body): { body?: unknown; files?: unknown[]; binary?: unknown } {
	if (body.kind === 'json') return { body: shortened(body.value) };
	if (body.kind === 'form') return { body: nested(body.fields) };
	if (body.kind === 'binary') return { binary: summary(body.digest) };
	if (body.kind === 'malformed') return { body: `malformed: ${body.reason}` };
	if (body.kind === 'none') return {};
	const files = body.files.map(({ field, filename, type, fieldsBefore: _before, ...digest }) => ({
		field,
		filename,
		type,
		...summary(digest),
	}));
	return { body: nested(body.fields), files };
}

function summary({ length, sha256 }: Digest) {
	return { length, sha256 };
}

function shortened(value: unknown): unknown {
	if (typeof value === 'string' && value.length > LONGEST_RECORDED) {
		const sha256 = createHash('sha256').update(value).digest('hex');
		return `(${value.length} characters, sha256 ${sha256})`;
	}
	if (Array.isArray(value)) return value.map(shortened);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]));
}
