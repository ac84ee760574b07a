import type { Api, Request } from '../shared/contract/api';
import type { FormPart, Reply } from '../shared/contract/http';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { objectIn } from '../shared/errors/objectIn';
import { SECOND } from '../shared/units';
import { takesCover } from './rules';
import type { Options } from './options';

const COVER_BYTES = 16_777_216;
const UPLOAD_TIME = 1_800_000;
/** Statuses that refuse the file itself, from the server or from a proxy in front of it. */
const REFUSED = [406, 413, 415, 422];

/** Uploaded media that belong to no post yet, in the order of the post. */
export interface Uploads {
	ids: string[];
	/** IDs of media that the server is still processing. */
	waiting: string[];
}

export async function uploadAll(api: Api, { media, options }: Post): Promise<Uploads> {
	const { cover } = options as Options;
	const uploads: Uploads = { ids: [], waiting: [] };
	for (const medium of media) {
		const picture = cover && takesCover(medium) ? await coverOf(api, cover) : undefined;
		const { id, ready } = await upload(api, medium, picture);
		uploads.ids.push(id);
		if (!ready) uploads.waiting.push(id);
	}
	return uploads;
}

/** Waits as long as the user allows; returns the media that are still processing. */
export async function stillWaiting(api: Api, ids: readonly string[]): Promise<string[]> {
	const left: string[] = [];
	for (const id of ids) {
		const times = { every: SECOND, atMost: api.processingWaitMs };
		const ready = await api.until(async () => ((await isReady(api, id)) ? true : undefined), times);
		if (!ready) left.push(id);
	}
	return left;
}

/** https://docs.joinmastodon.org/methods/media#v2; older servers have only the first version. */
async function upload(api: Api, medium: Media, cover?: Media) {
	const request = (version: string): Request => ({
		method: 'POST',
		path: `/api/${version}/media`,
		parts: async () => partsOf(medium, cover),
		timeout: UPLOAD_TIME,
		repeatable: true,
	});
	const newer = await api.reply(request('v2'), [404, ...REFUSED]);
	const reply = newer.status === 404 ? await api.reply(request('v1'), REFUSED) : newer;
	if (REFUSED.includes(reply.status)) return refuseMedia(`does not take ${medium.name}`, reply);
	return { id: String((reply.body as { id: unknown }).id), ready: reply.status !== 202 };
}

function partsOf(medium: Media, cover?: Media): FormPart[] {
	const { focus } = medium.options;
	return [
		...(medium.alt ? [textPart('description', medium.alt)] : []),
		...(focus ? [textPart('focus', String(focus).replace(/\s/g, ''))] : []),
		...(cover ? [filePart('thumbnail', cover)] : []),
		filePart('file', medium),
	];
}

function textPart(name: string, value: string): FormPart {
	return { name, value };
}

function filePart(name: string, { name: filename, mime, bytes = 0, open }: Media): FormPart {
	return { name, filename, contentType: mime, data: { bytes, open } };
}

async function coverOf(api: Api, url: string) {
	return await api.tolerate('The cover', async () => await api.fetchMedia(url, COVER_BYTES));
}

/**
 * The status is 206 while the server is processing the file:
 * https://docs.joinmastodon.org/methods/media#get
 */
async function isReady(api: Api, id: string): Promise<boolean> {
	const reply = await api.reply({ path: `/api/v1/media/${encodeURIComponent(id)}` }, [422]);
	if (reply.status === 422) return refuseMedia('could not process a file', reply);
	return reply.status !== 206;
}

function refuseMedia(what: string, { status, body }: Reply): never {
	const { error } = objectIn(body) as { error?: string };
	return refuse({
		code: 'media_rejected',
		platform: 'mastodon',
		rule: `mastodon.media.${status}`,
		message: `Mastodon ${what}: ${error ?? `HTTP ${status}`}`,
		httpStatus: status,
	});
}
