import { pageToken } from '../Meta/pages';
import { replyOr } from '../Meta/request';
import { rupload, slice, timeFor, upTo } from '../Meta/upload';
import type { Api } from '../shared/contract/api';
import type { FileBytes } from '../shared/contract/http';
import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { cursor, type Cursor } from '../shared/http/chunks';
import { SECOND } from '../shared/units';
import { on, type Place } from './place';
import { failing, NOTHING, statusOf, transferredOf } from './videoStatus';

interface Offsets {
	start_offset?: string;
	end_offset?: string;
}

const HOST = 'videoBaseUrl';
/** "Wrong offset": the answer contains the right one. */
const OFFSET = 1363037;
/** How often to ask for the status of an invisible video: half a minute in all. */
const UNSEEN = 8;
/** Limits of the number of parts, and of the parts that Facebook may request again. */
const [PARTS, AGAIN] = [50_000, 20];

/**
 * Uploads a video in parts whose lengths Facebook chooses:
 * https://developers.facebook.com/docs/video-api/guides/publishing. The video stays hidden until
 * the session is finished.
 */
export async function uploadVideo(
	api: Api,
	place: Place,
	medium: Media,
): Promise<{ video: string; session: string }> {
	const started = await api.send<Offsets & { video_id: string; upload_session_id: string }>({
		...on(api, place, `/${place.page}/videos`),
		host: HOST,
		method: 'POST',
		form: { upload_phase: 'start', file_size: medium.bytes },
		repeatable: true,
		refusal: 'media_rejected',
	});
	const session = String(started.upload_session_id);
	await transfer(api, place, session, medium, started);
	return { video: String(started.video_id), session };
}

async function transfer(
	api: Api,
	place: Place,
	session: string,
	medium: Media,
	first: Offsets,
): Promise<void> {
	let bytes = cursor(await medium.open());
	let [spent, furthest] = [0, -1];
	try {
		for (let next = first; next.start_offset !== next.end_offset; ) {
			const [from, to] = [Number(next.start_offset), Number(next.end_offset)];
			spent += from <= furthest ? PARTS / AGAIN : 1;
			if (!(from < to && to <= (medium.bytes ?? 0)) || spent > PARTS) refuseOffsets(next);
			furthest = Math.max(furthest, from);
			if (bytes.at !== from) bytes = await restarted(bytes, medium, from);
			next = await sendPart(api, place, session, from, partOf(bytes, medium, from, to));
		}
	} finally {
		await bytes.close();
	}
}

async function restarted(old: Cursor, medium: Media, offset: number): Promise<Cursor> {
	await old.close();
	const bytes = cursor(await medium.open());
	await bytes.skip(offset);
	return bytes;
}

/** Continues the stream; a retry restarts it, because it is unknown how far it was read. */
function partOf(bytes: Cursor, medium: Media, from: number, to: number): FileBytes {
	let opened = 0;
	return {
		bytes: to - from,
		open: async () => (opened++ === 0 ? upTo(bytes, to) : slice(await medium.open(), from, to)),
	};
}

async function sendPart(
	api: Api,
	place: Place,
	upload_session_id: string,
	start_offset: number,
	data: FileBytes,
): Promise<Offsets> {
	const fields = { upload_phase: 'transfer', upload_session_id, start_offset };
	const contentType = 'application/octet-stream';
	const answer = await replyOr<Offsets & { error?: { error_data?: Offsets } }>(
		api,
		{
			...on(api, place, `/${place.page}/videos`),
			host: HOST,
			method: 'POST',
			parts: async () => [
				...Object.entries(fields).map(([name, value]) => ({ name, value: String(value) })),
				{ name: 'video_file_chunk', filename: 'chunk', contentType, data },
			],
			timeout: timeFor(data.bytes),
			repeatable: true,
			refusal: 'media_rejected',
		},
		[OFFSET],
	);
	return answer.error?.error_data ?? answer;
}

function refuseOffsets({ start_offset, end_offset }: Offsets): never {
	return refuse({
		code: 'media_rejected',
		platform: 'facebook',
		rule: 'facebook.video.offsets',
		message: `Facebook asks for bytes that the video does not have, or over and over: ${start_offset} to ${end_offset}`,
	});
}

/** Uploads a Reel or a video story: https://developers.facebook.com/docs/page-stories-api */
export async function uploadReel(
	api: Api,
	place: Place,
	edge: 'video_reels' | 'video_stories',
	medium: Media,
): Promise<string> {
	const { video_id, upload_url } = await api.send<{ video_id: string; upload_url: string }>({
		...on(api, place, `/${place.page}/${edge}`),
		method: 'POST',
		form: { upload_phase: 'start' },
		repeatable: true,
		refusal: 'media_rejected',
	});
	const video = String(video_id);
	await rupload(api, {
		url: upload_url,
		token: async () => await pageToken(api, place.page),
		medium,
		transferred: async () => transferredOf(await statusOf(api, place, video)),
	});
	await arrived(api, place, video);
	return video;
}

/** Waits until Facebook has all bytes; without them it publishes nothing. */
async function arrived(api: Api, place: Place, video: string): Promise<void> {
	let last = NOTHING;
	let asked = 0;
	const done = await api.until(
		async () => {
			last = failing(await statusOf(api, place, video));
			const { uploading_phase, video_status } = last;
			if (video_status === 'upload_complete' || uploading_phase?.status === 'complete') return true;
			// If the status cannot be read, the publishing request shows whether all bytes have arrived.
			return (++asked >= UNSEEN && last === NOTHING) || undefined;
		},
		{ every: SECOND, atMost: Math.max(api.processingWaitMs, 30 * SECOND) },
	);
	if (!done && last !== NOTHING) refuseUnfinished();
}

function refuseUnfinished(): never {
	return refuse({
		code: 'platform_unavailable',
		platform: 'facebook',
		rule: 'facebook.video.upload',
		message: 'Facebook does not have the whole video yet, so it was not published',
	});
}
