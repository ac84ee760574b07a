import type { Api, Request } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';
import type { Media } from '../shared/contract/media';
import { cursor, type Cursor } from '../shared/http/chunks';

/** Answers after which part of the bytes may have arrived; 0 is none at all. */
const LOST = [0, 500, 502, 503, 504];
const TRIES = 4;
const PAUSE = 1000;
/** Slower than this an upload counts as stuck: bytes per ms. */
const SLOWEST = 50;
const MINUTE = 60_000;
const PIECE = 256 * 1024;

/** A file for rupload.facebook.com. */
export interface Upload {
	/** As Meta gave it. */
	url: string;
	/** The one that is good when a piece is sent. */
	token(): Promise<string>;
	medium: Media;
	/** Bytes that have arrived, as the status of the upload says. */
	transferred(): Promise<number>;
}

/**
 * Streams the whole file, and after a break the rest of it from where it broke off:
 * https://developers.facebook.com/documentation/video-api/guides/reels-publishing
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
	// The last try ends the step by itself; how long they take depends on the file.
	await api.until(goOn, { every: PAUSE, atMost: Infinity });
}

/** Lost on the way, or refused with the word that it may go through later. */
function isBroken({ status, body }: Reply): boolean {
	const { debug_info } = (body ?? {}) as { debug_info?: { retriable?: boolean } };
	return LOST.includes(status) || debug_info?.retriable === true;
}

/** Signed with `OAuth`, the only word that this host knows. */
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

/** Some of a file's bytes, streamed. */
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

/** The bytes from where a cursor stands; it can be read on after that. */
export async function* upTo(bytes: Cursor, end: number): AsyncGenerator<Buffer> {
	while (bytes.at < end) {
		const piece = await bytes.take(Math.min(PIECE, end - bytes.at));
		if (piece.length === 0) return;
		yield piece;
	}
}

/** Ms after which so many bytes count as stuck. */
export function timeFor(bytes: number): number {
	return MINUTE + bytes / SLOWEST;
}
