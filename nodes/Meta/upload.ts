import type { Api, Request } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';
import type { Media } from '../shared/contract/media';
import { cursor, type Cursor } from '../shared/http/chunks';
import { KIB, MINUTE, SECOND } from '../shared/units';

/** Statuses after which some bytes may have arrived; 0 means no answer. */
const LOST = [0, 500, 502, 503, 504];
const TRIES = 4;
const PAUSE = SECOND;
/** Bytes per ms; a slower upload counts as stuck. */
const SLOWEST = 50;
const PIECE = 256 * KIB;

/** A file for rupload.facebook.com. */
export interface Upload {
	/** Upload URL from Meta. */
	url: string;
	/** The token that is valid when a request is sent. */
	token(): Promise<string>;
	medium: Media;
	/** Number of bytes that arrived, from the upload's status. */
	transferred(): Promise<number>;
}

/**
 * Uploads the file as one stream. After an interruption, it continues at the last byte that
 * arrived: https://developers.facebook.com/documentation/video-api/guides/reels-publishing
 */
export async function rupload(api: Api, upload: Upload): Promise<void> {
	const { bytes = 0 } = upload.medium;
	let [offset, tries] = [0, 0];
	const goOn = async () => {
		const accepted = ++tries < TRIES ? isBroken : [];
		if (!isBroken(await api.reply(await from(upload, offset, bytes), accepted))) return true;
		offset = await upload.transferred();
		return (bytes > 0 && offset >= bytes) || undefined;
	};
	// The number of tries ends this loop; the time depends on the file.
	await api.until(goOn, { every: PAUSE, atMost: Infinity });
}

/** Whether the upload was interrupted, or was refused as retriable. */
function isBroken({ status, body }: Reply): boolean {
	const { debug_info } = (body ?? {}) as { debug_info?: { retriable?: boolean } };
	return LOST.includes(status) || debug_info?.retriable === true;
}

/** Signs with the scheme `OAuth`, the only one that this host accepts. */
async function from({ url, token, medium }: Upload, offset: number, bytes: number) {
	return {
		method: 'POST',
		path: url,
		token: 'none',
		headers: { authorization: `OAuth ${await token()}`, offset, file_size: bytes },
		stream: {
			bytes: bytes - offset,
			type: 'application/octet-stream',
			open: async () => slice(await medium.open(), offset),
		},
		timeout: timeFor(bytes),
		repeatable: false,
		refusal: 'media_rejected',
	} satisfies Request;
}

/** A range of a file's bytes, streamed. */
export async function* slice(
	source: AsyncIterable<Buffer>,
	from: number,
	to = Infinity,
): AsyncGenerator<Buffer> {
	const bytes = cursor(source);
	try {
		await bytes.skip(from);
		yield* upTo(bytes, to);
	} finally {
		await bytes.close();
	}
}

/** The bytes from the cursor's position to `end`. The cursor stays usable. */
export async function* upTo(bytes: Cursor, end: number): AsyncGenerator<Buffer> {
	while (bytes.at < end) {
		const piece = await bytes.take(Math.min(PIECE, end - bytes.at));
		if (piece.length === 0) return;
		yield piece;
	}
}

/** Ms after which an upload of this size counts as stuck. */
export function timeFor(bytes: number): number {
	return MINUTE + bytes / SLOWEST;
}
