import type { IDataObject } from 'n8n-workflow';

import type { Api, Request } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import { refuse, Refused, rethrow } from '../shared/errors/failure';
import { eachChunk, type Chunk } from '../shared/media/eachChunk';
import { MINUTE } from '../shared/units';
import { statusOf, type State } from './progress';

/** Largest file sent in one request, in TikTok's decimal megabytes. */
const WHOLE = 64_000_000;
/** TikTok allows 5 to 64 MB; the last chunk also contains the rest. */
const CHUNK = 10_000_000;
/** Number of tries for the last chunk, and the first wait in ms. */
const TRIES = 4;
const BACKOFF = 500;

/**
 * Meanings of an upload's HTTP status; the body does not matter:
 * https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
const REFUSED: Record<number, { message: string; remediation?: string }> = {
	400: { message: 'the upload of the video was refused' },
	403: {
		message: 'the upload took more than the hour that TikTok allows',
		remediation: 'Run again: nothing was published.',
	},
	404: { message: 'the upload of the video is not known any more' },
	416: { message: 'a part of the video came out of order' },
};

/**
 * The chunks of a file: https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
export function planOf(video_size: number) {
	return video_size <= WHOLE
		? { video_size, chunk_size: video_size, total_chunk_count: 1 }
		: { video_size, chunk_size: CHUNK, total_chunk_count: Math.floor(video_size / CHUNK) };
}

/** Sends the chunks in order; TikTok publishes after the last one. */
export async function upload(api: Api, url: string, medium: Media, state: State): Promise<void> {
	const { bytes = 0, mime } = medium;
	const { chunk_size: size, total_chunk_count: count } = planOf(bytes);
	const request = (first: number, length: number, body: Pick<Request, 'body' | 'stream'>) => ({
		...body,
		method: 'PUT' as const,
		path: url,
		// The URL itself contains the permission.
		token: 'none',
		headers: {
			'content-type': mime,
			'content-range': `bytes ${first}-${first + length - 1}/${bytes}`,
		},
		timeout: 10 * MINUTE,
	});
	if (count === 1) {
		const stream = { open: medium.open, bytes, type: mime };
		return await last(api, request(0, bytes, { stream }), state);
	}
	await eachChunk(await medium.open(), { size, count, atOnce: 1 }, async (chunk: Chunk) => {
		const first = chunk.index * size;
		const put = request(first, chunk.bytes.length, { body: chunk.bytes });
		if (chunk.index === count - 1) await last(api, put, state);
		else await between(api, put, state, first + chunk.bytes.length);
	});
}

/**
 * Sends the last chunk, which is the publishing request. Retries it alone, because it belongs to
 * one `publish_id`; sending the whole video again could make a second post.
 */
async function last(api: Api, request: Request, mark: IDataObject) {
	for (let tries = 1; ; tries++) {
		try {
			await api.publish(request, mark);
			return;
		} catch (error) {
			const { code, httpStatus = 0 } = error instanceof Refused ? error.failure : {};
			if (code !== 'outcome_unknown') rethrow(error);
			// If an earlier try has worked after all, reading back will show it.
			refuseUpload(httpStatus);
			if (tries === TRIES || (httpStatus > 0 && httpStatus < 500)) rethrow(error);
			await api.wait(BACKOFF * 2 ** (tries - 1));
		}
	}
}

/**
 * Sends another chunk. If TikTok refuses it as out of order, it may already have it from a try
 * whose answer was lost.
 */
async function between(api: Api, request: Request, { publishId }: State, end: number) {
	const { status } = await api.reply(request, Object.keys(REFUSED).map(Number));
	if (status !== 416) return refuseUpload(status);
	const { uploaded_bytes } = await statusOf(api, publishId);
	if (Number(uploaded_bytes) === end) return;
	refuse({
		code: 'media_rejected',
		platform: 'tikTok',
		rule: 'tikTok.upload.order',
		message: `TikTok has ${uploaded_bytes ?? 'an unknown number of'} bytes of the video where ${end} were sent`,
		remediation: 'Run again: nothing was published.',
	});
}

/** Throws if the status means that TikTok accepts no more of the video. */
function refuseUpload(httpStatus: number): void {
	const refused = REFUSED[httpStatus];
	if (!refused) return;
	const { message, ...advice } = refused;
	refuse({
		code: 'media_rejected',
		platform: 'tikTok',
		docUrl: 'https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide',
		message: `TikTok: ${message}`,
		httpStatus,
		...advice,
	});
}
