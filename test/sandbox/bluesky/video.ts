import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import { bearerAuth } from '../kit/consent';
import { sniff } from '../kit/sniff';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Call, Platform, Reply } from '../kit/types';
import { multipartRoutes } from './multipart';
import {
	blobOf,
	jobStatus,
	type Blob,
	type Job,
	type VideoOptions,
	type VideoServer,
	type VideoState,
} from './videoModel';
import { param, refuseXrpc, serviceClaims, xrpcError, xrpcRoute, xrpcRefusals } from './xrpc';

const TYPES = ['video/mp4', 'video/mpeg', 'video/webm', 'video/quicktime', 'image/gif'];
export const MAX_BYTES = 300_000_000;

/**
 * The video service: takes a file, works on it for some status reads, then stores it on the
 * account's PDS with the token that it received, so that a wrong token fails there.
 */
export function blueskyVideo(options: VideoOptions, around: Surroundings): Platform<VideoState> {
	const server: VideoServer = {
		...around,
		options,
		state: { jobs: [], uploads: [] },
		polls: options.polls ?? 1,
	};
	const { state } = server;
	return {
		state,
		tokens: tokenStore(around.clock),
		routes: [
			{
				...xrpcRoute('upload', 'POST', 'app.bsky.video.uploadVideo', (call) =>
					upload(server, call),
				),
				spool: true,
				limit: MAX_BYTES,
			},
			xrpcRoute('status', 'GET', 'app.bsky.video.getJobStatus', (call) => status(server, call)),
			xrpcRoute('limits', 'GET', 'app.bsky.video.getUploadLimits', (call) => limits(server, call)),
			...multipartRoutes(server, (job, type, call) => accept(server, job, type, call)),
		],
		refusals: xrpcRefusals({
			'unconfirmed-email': () =>
				xrpcError(401, 'unconfirmed_email', 'Please confirm your email before uploading videos'),
			'daily-limit': () => xrpcError(429, 'DailyLimitExceeded', 'Daily upload limit exceeded'),
		}),
		bearer: (call) => bearerAuth(call.headers.authorization),
		issueToken: () => {
			throw new Error('service tokens come from a PDS');
		},
		show: () => ({
			jobs: state.jobs.map(({ token: _token, files: _files, ...job }) => job),
			uploads: state.uploads.map(({ token: _token, parts, ...upload }) => ({
				...upload,
				parts: [...parts.keys()],
			})),
		}),
	};
}

/** Live answers have no `jobStatus` around them, although the lexicon has it. */
function upload(server: VideoServer, call: Call): Reply {
	const claims = uploadClaims(server, call);
	const did = param(call, 'did');
	const name = param(call, 'name');
	if (did !== claims.iss) return xrpcError(401, 'BadJwtIssuer', 'jwt issuer does not match did');
	const { body } = call;
	if (body.kind !== 'binary' || !body.file) return xrpcError(400, 'InvalidRequest', 'no video');
	if (body.digest.length > MAX_BYTES) return xrpcError(413, 'VideoTooLarge', 'video is too large');
	const job: NewJob = {
		did,
		name,
		token: claims.token,
		files: [body.file],
		head: body.digest.head,
		length: body.digest.length,
		sha256: body.digest.sha256,
	};
	return accept(server, job, body.type, call);
}

export function uploadClaims({ clock, options }: VideoServer, call: Call) {
	const aud = options.pdsDid ?? /^did:web:/;
	const claims = serviceClaims(clock, call, { aud, lxm: 'com.atproto.repo.uploadBlob' });
	return { ...claims, token: bearerAuth(call.headers.authorization)! };
}

export type NewJob = Pick<Job, 'did' | 'name' | 'token' | 'files' | 'length' | 'sha256'> & {
	head: Buffer;
};

function accept(server: VideoServer, given: NewJob, type: string, { fault }: Call): Reply {
	const { state, polls } = server;
	if (!TYPES.includes(type))
		return xrpcError(400, 'UnsupportedContentType', `unsupported content type ${type}`);
	const same = state.jobs.find(
		({ did, sha256, error }) => did === given.did && sha256 === given.sha256 && !error,
	);
	if (same) {
		const json = {
			...jobStatus(same),
			error: 'already_exists',
			message: 'Video already processed',
		};
		return { status: 409, json };
	}
	const { head, ...rest } = given;
	const readable = sniff(head)?.type === type || type === 'video/mpeg';
	const refused = fault?.kind === 'media-refused' || !readable;
	const job: Job = {
		...rest,
		id: `job${state.jobs.length + 1}`,
		type,
		createdAt: server.clock.now(),
		pollsLeft: fault?.kind === 'slow-processing' ? (fault.polls ?? 3) : polls,
		...(refused && {
			error: { code: 'validation_failure', message: 'The video could not be read' },
		}),
	};
	state.jobs.push(job);
	return { status: 200, json: jobStatus(job) };
}

async function status(server: VideoServer, call: Call): Promise<Reply> {
	const id = param(call, 'jobId');
	const job = server.state.jobs.find((one) => one.id === id);
	if (!job) return xrpcError(400, 'InvalidRequest', 'job not found');
	if (job.pollsLeft > 0) job.pollsLeft -= 1;
	else if (!job.blob && !job.error) await store(server, job);
	return { status: 200, json: { jobStatus: jobStatus(job) } };
}

/** Calls `uploadBlob` on the PDS for the account, as the real service does at the end. */
async function store({ options: { pdsUrl } }: VideoServer, job: Job): Promise<void> {
	if (!pdsUrl) {
		job.blob = blobOf(job);
		return;
	}
	const answer = await uploadBlob(pdsUrl, job);
	if (answer.blob) job.blob = answer.blob;
	else
		job.error = {
			code: answer.status === 413 ? 'pds_upload_unsupported_blob_size' : 'pds_upload_failure',
			message: answer.message ?? `the PDS answered ${answer.status}`,
		};
}

async function uploadBlob(
	pdsUrl: string,
	job: Job,
): Promise<{ status: number; blob?: Blob; message?: string }> {
	return await new Promise((resolve, reject) => {
		const asked = request(
			`${pdsUrl}/xrpc/com.atproto.repo.uploadBlob`,
			{
				method: 'POST',
				agent: false,
				headers: {
					authorization: `Bearer ${job.token}`,
					'content-type': 'video/mp4',
					'content-length': job.length,
				},
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => {
					const body = JSON.parse(Buffer.concat(chunks).toString()) as object;
					resolve({ status: response.statusCode ?? 0, ...body });
				});
			},
		);
		asked.on('error', reject);
		void send(job.files, asked).catch(reject);
	});
}

async function send(files: string[], into: NodeJS.WritableStream): Promise<void> {
	for (const file of files)
		for await (const chunk of createReadStream(file))
			if (!into.write(chunk as Buffer)) await new Promise((drained) => into.once('drain', drained));
	into.end();
}

function limits({ clock, options, state }: VideoServer, call: Call): Reply {
	const { iss } = serviceClaims(clock, call, {
		aud: options.serviceDid ?? 'did:web:video.bsky.app',
		lxm: 'app.bsky.video.getUploadLimits',
	});
	const own = state.jobs.filter(({ did }) => did === iss);
	const used = own.reduce((sum, { length }) => sum + length, 0);
	if (own.length >= 25) refuseXrpc(429, 'DailyLimitExceeded', 'Daily upload limit exceeded');
	return {
		status: 200,
		json: {
			canUpload: true,
			remainingDailyVideos: 25 - own.length,
			remainingDailyBytes: 10_000_000_000 - used,
		},
	};
}
