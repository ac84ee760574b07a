import { crawl } from '../kit/crawler';
import { digester, type Digest, type Digester } from '../kit/digest';
import type { Call, Reply } from '../kit/types';
import { authorized } from './access';
import { serverTrouble } from './errors';
import type { GraphServer } from './model';

/** An upload to rupload.facebook.com, by bytes or by a URL. */
export interface Rupload {
	size?: number;
	received: number;
	taken: Digester;
	/** Set when all bytes have arrived. */
	digest?: Digest;
	/** The order of the parts made it impossible to hash the whole. */
	unhashed?: boolean;
	fetchedFrom?: string;
}

/** Parts up to this size are kept until they can be hashed as one file. */
export const RUPLOAD_KEEP = 64 * 1024 * 1024;
const URL_BYTES = 1024 ** 3;

export function newRupload(size?: number): Rupload {
	return { received: 0, taken: digester(), ...(size !== undefined && { size }) };
}

export function refusedUpload(message: string, status = 400): Reply {
	const type = 'ProcessingFailedError';
	return { status, json: { debug_info: { retriable: false, type, message } } };
}

/**
 * Takes bytes from an offset on, or a URL:
 * https://developers.facebook.com/documentation/video-api/guides/reels-publishing. With the fault
 * `partial`, half of the bytes arrive before the server ends the connection.
 */
export async function takeRupload(
	server: GraphServer,
	call: Call,
	upload: Rupload,
): Promise<Reply> {
	const { headers, body } = call;
	if (!/^OAuth /.test(headers.authorization ?? ''))
		return refusedUpload('Authorization header is missing or not of the kind OAuth', 401);
	authorized(server, call);
	if (upload.digest) return refusedUpload('The upload is complete already');
	const url = headers.file_url;
	if (url !== undefined) return await fetched(server, upload, String(url));
	if (body.kind !== 'binary') return refusedUpload('The body has no bytes');
	const offset = Number(headers.offset ?? NaN);
	const size = Number(headers.file_size ?? NaN);
	const { length } = body.digest;
	if (offset !== upload.received)
		return refusedUpload(`Offset ${headers.offset} does not match ${upload.received}`);
	if (offset + length !== size) return refusedUpload('Content length and file_size do not agree');
	upload.size = size;
	const half = call.fault?.kind === 'partial' ? Math.floor(length / 2) : length;
	add(upload, body.digest, half);
	return half === length ? { status: 200, json: { success: true } } : serverTrouble(500);
}

function add(upload: Rupload, digest: Digest, length: number): void {
	const { bytes } = digest;
	if (bytes) upload.taken.add(bytes.subarray(0, length));
	else if (upload.received === 0 && length === digest.length) upload.digest = digest;
	else upload.unhashed = true;
	upload.received += length;
	if (upload.received === upload.size) upload.digest ??= upload.taken.done();
}

async function fetched(server: GraphServer, upload: Rupload, url: string): Promise<Reply> {
	const digest = await crawl(server, url, URL_BYTES);
	if (!digest) return refusedUpload('The file could not be fetched from file_url');
	Object.assign(upload, { digest, received: digest.length, size: digest.length, fetchedFrom: url });
	return { status: 200, json: { success: true } };
}
