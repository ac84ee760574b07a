import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { TextPart } from '../shared/contract/http';
import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { eachChunk, type Chunk } from '../shared/media/eachChunk';
import { isImage, kindOf } from '../shared/media/kind';
import { MIB, SECOND } from '../shared/units';

interface Processing extends IDataObject {
	state?: 'pending' | 'in_progress' | 'succeeded' | 'failed';
	check_after_secs?: number;
	error?: { code?: number; name?: string; message?: string };
}

export interface Uploaded extends IDataObject {
	id: string;
	/** Absent if the file is ready at once. */
	processing?: Processing;
}

interface Answer {
	data: { id: string; processing_info?: Processing };
}

/**
 * X's edge refuses parts of the documented 5 MB:
 * https://github.com/abraham/twitteroauth/issues/1257
 */
const CHUNK = MIB;
/** Parallel requests: n8n opens a connection for each, and the others use the line meanwhile. */
const AT_ONCE = 4;
const PATH = '/2/media/upload';

/** Uploads one file with its alt text. */
export async function upload(
	api: Api,
	medium: Media,
	videoCategory: string = 'tweet_video',
): Promise<Uploaded> {
	const kind = kindOf(api.limits, medium);
	const category = kind === 'gif' ? 'tweet_gif' : videoCategory;
	const uploaded =
		kind === 'image' ? await inOne(api, medium) : await inChunks(api, medium, category);
	// X accepts alt text only for images.
	if (medium.alt && isImage(medium)) await describe(api, uploaded.id, medium.alt);
	return uploaded;
}

/** https://docs.x.com/x-api/media/upload-media */
async function inOne(api: Api, { open, bytes = 0, name, mime }: Media): Promise<Uploaded> {
	const { data } = await api.send<Answer>({
		method: 'POST',
		path: PATH,
		parts: async () => [
			field('media_category', 'tweet_image'),
			{ name: 'media', filename: name, contentType: mime, data: { bytes, open } },
		],
		repeatable: true,
		refusal: 'media_rejected',
	});
	return uploadedOf(data);
}

/** https://docs.x.com/x-api/media/quickstart/media-upload-chunked */
async function inChunks(api: Api, medium: Media, media_category: string): Promise<Uploaded> {
	const { data } = await api.send<Answer>({
		method: 'POST',
		path: `${PATH}/initialize`,
		body: { media_type: medium.mime, media_category, total_bytes: medium.bytes },
		repeatable: true,
		refusal: 'media_rejected',
	});
	const { id } = data;
	const send = async (chunk: Chunk) => await append(api, id, chunk);
	await eachChunk(await medium.open(), { size: CHUNK, atOnce: AT_ONCE }, send);
	const { data: done } = await api.send<Answer>({
		method: 'POST',
		path: `${PATH}/${encodeURIComponent(id)}/finalize`,
		repeatable: true,
		refusal: 'media_rejected',
	});
	return uploadedOf(done);
}

/** Sends one segment. Segments have numbers, so a retry replaces the same segment. */
async function append(api: Api, id: string, chunk: Chunk) {
	const contentType = 'application/octet-stream';
	await api.send({
		method: 'POST',
		path: `${PATH}/${encodeURIComponent(id)}/append`,
		parts: async () => [
			field('segment_index', String(chunk.index)),
			{ name: 'media', filename: 'chunk', contentType, data: chunk },
		],
		repeatable: true,
		refusal: 'media_rejected',
	});
}

/** https://docs.x.com/x-api/media/create-media-metadata */
async function describe(api: Api, id: string, text: string) {
	await api.send({
		method: 'POST',
		path: '/2/media/metadata',
		body: { id, metadata: { alt_text: { text } } },
		repeatable: true,
		refusal: 'media_rejected',
	});
}

/**
 * Waits as long as the user allows, at the intervals that X asks for; returns whether X has
 * processed the file.
 */
export async function processed(api: Api, id: string, last?: Processing): Promise<boolean> {
	let known = last;
	let wait = 1;
	const done = await api.until(
		async () => {
			const { state, check_after_secs, error } = known ?? (await statusOf(api, id));
			known = undefined;
			wait = Number(check_after_secs ?? 1);
			if (state === 'failed') return refuseMedium(error);
			return state === 'pending' || state === 'in_progress' ? undefined : true;
		},
		{ every: () => wait * SECOND, atMost: api.processingWaitMs },
	);
	return done === true;
}

async function statusOf(api: Api, media_id: string): Promise<Processing> {
	const { data } = await api.send<Answer>({ path: PATH, query: { command: 'STATUS', media_id } });
	return data.processing_info ?? {};
}

function uploadedOf({ id, processing_info }: Answer['data']): Uploaded {
	return { id, ...(processing_info && { processing: processing_info }) };
}

function field(name: string, value: string): TextPart {
	return { name, value };
}

function refuseMedium({ code, name, message }: NonNullable<Processing['error']> = {}): never {
	const why = [message ?? name, code].filter((part) => part !== undefined).join(', ');
	return refuse({
		code: 'media_rejected',
		platform: 'x',
		rule: `x.media.${name ?? 'processing'}`,
		docUrl: 'https://docs.x.com/x-api/media/quickstart/best-practices',
		message: `X could not process the medium: ${why || 'no reason given'}`,
	});
}
