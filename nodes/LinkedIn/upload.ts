import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { eachChunk, type Chunk } from '../shared/media/eachChunk';
import { isImage, isVideo } from '../shared/media/kind';
import { HOUR } from '../shared/units';

/** An uploaded file, which LinkedIn processes for a while. */
export interface Uploaded extends IDataObject {
	urn: string;
	bytes: number;
}

type Kind = 'image' | 'document' | 'video';

interface Instruction {
	uploadUrl: string;
	firstByte: number;
	lastByte: number;
}

interface Opened {
	image?: string;
	document?: string;
	video?: string;
	uploadUrl?: string;
	uploadToken?: string;
	uploadInstructions?: Instruction[];
}

interface Status {
	status?: 'WAITING_UPLOAD' | 'PROCESSING' | 'AVAILABLE' | 'PROCESSING_FAILED';
	processingFailureReason?: string;
}

/** Parts have 4 MiB; n8n opens a connection for each. */
const AT_ONCE = 2;

/** Uploads one file. Only its `owner` may post it. */
export async function upload(api: Api, medium: Media, owner: string): Promise<Uploaded> {
	const urn = isVideo(medium)
		? await inParts(api, medium, owner)
		: await inOne(api, medium, owner, isImage(medium) ? 'image' : 'document');
	return { urn, bytes: medium.bytes ?? 0 };
}

async function initialize(api: Api, kind: Kind, request: IDataObject): Promise<Opened> {
	const { value } = await api.send<{ value: Opened }>({
		method: 'POST',
		path: `/rest/${kind}s?action=initializeUpload`,
		body: { initializeUploadRequest: request },
		repeatable: true,
	});
	return value;
}

/**
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api
 */
async function inOne(
	api: Api,
	{ open, bytes = 0, mime }: Media,
	owner: string,
	kind: 'image' | 'document',
): Promise<string> {
	const { [kind]: urn = '', uploadUrl = '' } = await initialize(api, kind, { owner });
	await api.send({
		method: 'PUT',
		path: uploadUrl,
		stream: { open, bytes, type: mime },
		timeout: HOUR,
		refusal: 'media_rejected',
	});
	return urn;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
async function inParts(api: Api, { open, bytes = 0 }: Media, owner: string): Promise<string> {
	const {
		video = '',
		uploadToken = '',
		uploadInstructions: parts = [],
	} = await initialize(api, 'video', {
		owner,
		fileSizeBytes: bytes,
		uploadCaptions: false,
		uploadThumbnail: false,
	});
	const uploadedPartIds: string[] = [];
	const send = async (chunk: Chunk) => {
		uploadedPartIds[chunk.index] = await sendPart(api, parts[chunk.index], chunk);
	};
	const size = sizeOf(parts[0]);
	if (!(size > 0 && size <= bytes)) return refuseParts(0);
	await eachChunk(await open(), { size, atOnce: AT_ONCE }, send);
	await api.send({
		method: 'POST',
		path: '/rest/videos?action=finalizeUpload',
		body: { finalizeUploadRequest: { video, uploadToken, uploadedPartIds } },
		repeatable: true,
		refusal: 'media_rejected',
	});
	return video;
}

/** The URL of a part takes no token, unlike the URL of an image. */
async function sendPart(api: Api, part: Instruction | undefined, { index, bytes }: Chunk) {
	if (sizeOf(part) !== bytes.length) return refuseParts(index);
	const { headers } = await api.reply({
		method: 'PUT',
		path: part?.uploadUrl ?? '',
		token: 'none',
		headers: { 'content-type': 'application/octet-stream' },
		body: bytes,
		refusal: 'media_rejected',
	});
	return String(headers.etag ?? '').replace(/^"(.*)"$/, '$1');
}

function sizeOf(part?: Instruction) {
	return part ? part.lastByte - part.firstByte + 1 : 0;
}

function refuseParts(index: number): never {
	return refuse({
		code: 'media_rejected',
		platform: 'linkedIn',
		rule: 'linkedIn.media.parts',
		message: `LinkedIn asked for the video in parts that do not fit its size (part ${index + 1})`,
	});
}

/**
 * Waits for the files as long as the user allows. Returns the first unfinished file and all after
 * it. If LinkedIn hides the state of files, waits once for the longest time that one of them may
 * need.
 */
export async function unfinished(api: Api, files: Uploaded[]): Promise<Uploaded[]> {
	let grace = 0;
	for (const [index, file] of files.entries()) {
		const seen = await stateOf(api, file.urn);
		if (seen === 'working') return files.slice(index);
		if (seen === 'hidden') grace = Math.max(grace, graceOf(file));
	}
	await pass(api, Math.min(api.processingWaitMs, grace));
	return [];
}

/**
 * Reads a file's state. A token without a scope for organizations cannot read that of images and
 * documents; some tokens cannot read that of videos either.
 */
async function stateOf(api: Api, urn: string): Promise<'ready' | 'hidden' | 'working'> {
	const kind = kindIn(urn);
	const { scope = 'organization' } = api.token;
	if (kind !== 'video' && !scope.includes('organization')) return 'hidden';
	const path = `/rest/${kind}s/${encodeURIComponent(urn)}`;
	const seen = await api.until(
		async () => {
			const { status, body } = await api.reply({ path }, [403]);
			if (status === 403) return 'hidden';
			return isReady(urn, body as Status) ? 'ready' : undefined;
		},
		{ every: 2000, atMost: api.processingWaitMs },
	);
	return seen ?? 'working';
}

/**
 * ms to wait for a file with a hidden state: if an image fails after posting, nobody sees the post.
 */
function graceOf({ urn, bytes }: Uploaded): number {
	return kindIn(urn) === 'video' ? 10_000 + bytes / 1000 : 20_000;
}

function kindIn(urn: string) {
	return urn.split(':')[2] as Kind;
}

function isReady(urn: string, { status, processingFailureReason }: Status): boolean {
	if (status !== 'PROCESSING_FAILED') return status === 'AVAILABLE';
	return refuse({
		code: 'media_rejected',
		platform: 'linkedIn',
		rule: 'linkedIn.media.processing',
		message: `LinkedIn could not process ${urn}: ${processingFailureReason ?? 'no reason given'}`,
	});
}

async function pass(api: Api, ms: number) {
	if (ms > 0) await api.until(async () => undefined, { every: ms, atMost: 2 * ms });
}
