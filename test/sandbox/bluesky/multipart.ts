import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { HOUR } from '../kit/clock';
import type { Call, Reply, Route } from '../kit/types';
import { uploadClaims, MAX_BYTES, type NewJob } from './video';
import type { Upload, VideoServer } from './videoModel';
import { param, refuseXrpc, xrpcError, xrpcRoute } from './xrpc';

const PART_BYTES = 8 * 1024 * 1024;

type Accept = (job: NewJob, type: string, call: Call) => Reply;

/** Uploads in parts, as the official client sends files from 16 MiB up. */
export function multipartRoutes(server: VideoServer, accept: Accept): Route[] {
	return [
		xrpcRoute('upload.start', 'POST', 'app.bsky.video.startUpload', (call) => start(server, call)),
		{
			...xrpcRoute('upload.part', 'POST', 'app.bsky.video.uploadPart', (call) =>
				part(server, call),
			),
			spool: true,
		},
		xrpcRoute('upload.finish', 'POST', 'app.bsky.video.finishUpload', (call) =>
			finish(server, call, accept),
		),
		xrpcRoute('upload.status', 'GET', 'app.bsky.video.getUploadStatus', (call) =>
			progress(server, call),
		),
		xrpcRoute('upload.abort', 'POST', 'app.bsky.video.abortUpload', (call) => abort(server, call)),
	];
}

function json({ body }: Call): Record<string, unknown> {
	if (body.kind === 'json') return body.value as Record<string, unknown>;
	return refuseXrpc(400, 'InvalidRequest', 'Wrong request encoding (Content-Type)');
}

function start(server: VideoServer, call: Call): Reply {
	const { iss, token } = uploadClaims(server, call);
	const { sizeBytes, mimeType, name = 'video.mp4', durationMs } = json(call);
	if (!Number.isInteger(sizeBytes) || Number(sizeBytes) < 1 || typeof mimeType !== 'string')
		return xrpcError(400, 'InvalidRequest', 'Input must have sizeBytes and mimeType');
	if (Number(sizeBytes) > MAX_BYTES) return xrpcError(400, 'VideoTooLarge', 'video is too large');
	if (Number(durationMs ?? 0) > 600_000)
		return xrpcError(400, 'VideoTooLong', 'video is longer than 10 minutes');
	if (!mimeType.startsWith('video/'))
		return xrpcError(400, 'UnsupportedContentType', `unsupported content type ${mimeType}`);
	const upload: Upload = {
		id: `upload${server.state.uploads.length + 1}`,
		did: iss,
		name: String(name),
		type: mimeType,
		sizeBytes: Number(sizeBytes),
		partSizeBytes: PART_BYTES,
		token,
		expiresAt: server.clock.now() + HOUR,
		parts: new Map(),
		state: 'created',
	};
	server.state.uploads.push(upload);
	const { id: jobId, partSizeBytes, expiresAt } = upload;
	const answer = { jobId, partSizeBytes, partCount: count(upload), expiresAt: iso(expiresAt) };
	return { status: 200, json: answer };
}

function count({ sizeBytes, partSizeBytes }: Upload): number {
	return Math.ceil(sizeBytes / partSizeBytes);
}

const iso = (time: number) => new Date(time).toISOString();

function open(server: VideoServer, call: Call, jobId: unknown): Upload {
	const { iss } = uploadClaims(server, call);
	const upload = server.state.uploads.find(({ id, did }) => id === jobId && did === iss);
	if (!upload) return refuseXrpc(400, 'UploadNotFound', 'upload not found');
	if (upload.state === 'aborted') return refuseXrpc(400, 'UploadAborted', 'upload was aborted');
	if (upload.expiresAt < server.clock.now())
		return refuseXrpc(400, 'UploadExpired', 'upload has expired');
	return upload;
}

function part(server: VideoServer, call: Call): Reply {
	const { body } = call;
	const upload = open(server, call, param(call, 'jobId'));
	const partNumber = Number(param(call, 'partNumber'));
	const parts = count(upload);
	if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > parts)
		return xrpcError(400, 'InvalidPartNumber', `part number must be between 1 and ${parts}`);
	const { sizeBytes, partSizeBytes } = upload;
	const last = sizeBytes - (parts - 1) * partSizeBytes;
	const expected = partNumber === parts ? last : partSizeBytes;
	const length = body.kind === 'binary' ? body.digest.length : 0;
	if (body.kind !== 'binary' || !body.file || length !== expected)
		return xrpcError(400, 'PartSizeMismatch', `expected ${expected} bytes, got ${length}`);
	upload.parts.set(partNumber, { file: body.file, length, head: body.digest.head });
	return { status: 200, json: { partNumber, sizeBytes: length } };
}

async function finish(server: VideoServer, call: Call, accept: Accept): Promise<Reply> {
	const upload = open(server, call, json(call).jobId);
	const { parts, did, name, type, token } = upload;
	if (parts.size < count(upload)) return xrpcError(400, 'MissingParts', 'not all parts are there');
	const files = [...parts].sort(([one], [other]) => one - other).map(([, { file }]) => file);
	const hash = createHash('sha256');
	for (const file of files)
		for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
	const { sizeBytes: length } = upload;
	const sha256 = hash.digest('hex');
	const { head } = parts.get(1)!;
	const reply = accept({ did, name, token, files, length, sha256, head }, type, call);
	const jobStatus = reply.json as { jobId?: string };
	if (!jobStatus.jobId) return reply;
	Object.assign(upload, { state: 'completed', completedJobId: jobStatus.jobId });
	return { status: 200, json: { completedJobId: jobStatus.jobId, jobStatus } };
}

function progress(server: VideoServer, call: Call): Reply {
	const upload = open(server, call, param(call, 'jobId'));
	const { id: jobId, partSizeBytes, parts, expiresAt, state, completedJobId } = upload;
	return {
		status: 200,
		json: {
			jobId,
			partSizeBytes,
			partCount: count(upload),
			receivedParts: [...parts.keys()].sort((one, other) => one - other),
			expiresAt: iso(expiresAt),
			state,
			...(completedJobId && { completedJobId }),
		},
	};
}

function abort(server: VideoServer, call: Call): Reply {
	const upload = open(server, call, json(call).jobId);
	if (upload.state === 'created') upload.state = 'aborted';
	const { state, completedJobId } = upload;
	return { status: 200, json: { state, ...(completedJobId && { completedJobId }) } };
}
