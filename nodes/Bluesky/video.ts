import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { SECOND } from '../shared/units';
import { uploadBlob } from './embed';
import type { Options } from './options';
import { serviceOf } from './service';

/** A video that the service passes to the account's server; `blob` exists once it is there. */
export interface Film extends IDataObject {
	jobId?: string;
	state?: string;
	blob?: IDataObject;
	error?: string;
	message?: string;
	failureCode?: string;
}

const MINUTES_30 = 1800;

/**
 * The video service passes the video on to the account's server:
 * https://docs.bsky.app/docs/tutorials/video
 */
export async function uploadVideo(
	api: Api,
	medium: Media,
	way: Options['videoUpload'],
): Promise<Film> {
	if (way === 'pds') return { blob: await uploadBlob(api, medium) };
	const { id: did } = await api.account();
	const { body } = await api.reply(
		{
			method: 'POST',
			host: 'videoBaseUrl',
			path: '/xrpc/app.bsky.video.uploadVideo',
			query: { did, name: `${api.attempt.key || 'video'}.mp4` },
			token: await serviceToken(api),
			stream: { open: medium.open, bytes: medium.bytes ?? 0, type: medium.mime },
			timeout: 1_800_000,
			repeatable: true,
			refusal: 'media_rejected',
		},
		// 409: the same file was sent before; the answer names its job.
		[409],
	);
	return filmIn(body);
}

/**
 * Waits for the video's blob, which a record refers to; undefined if processing takes longer than
 * the user allows.
 */
export async function processed(api: Api, first: Film): Promise<IDataObject | undefined> {
	let film = first;
	return await api.until(
		async () => {
			if (film.blob) return film.blob;
			if (film.state === 'JOB_STATE_FAILED' || !film.jobId) return refuseVideo(film);
			const body = await api.send({
				host: 'videoBaseUrl',
				path: '/xrpc/app.bsky.video.getJobStatus',
				query: { jobId: film.jobId },
				token: 'none',
			});
			film = { ...film, ...filmIn(body) };
			return film.blob;
		},
		{ every: SECOND, atMost: api.processingWaitMs },
	);
}

/**
 * Gets a token for the video service. Its audience is the account's own server, which is not the
 * login server.
 */
async function serviceToken(api: Api): Promise<string> {
	const { token } = await api.send<{ token: string }>({
		path: '/xrpc/com.atproto.server.getServiceAuth',
		query: {
			aud: `did:web:${new URL(String(api.token.pds ?? serviceOf(api.credential))).hostname}`,
			lxm: 'com.atproto.repo.uploadBlob',
			exp: Math.floor(Date.now() / SECOND) + MINUTES_30,
		},
	});
	return token;
}

/** Only one of the two calls wraps its answer in `jobStatus`. */
function filmIn(body: unknown): Film {
	const answer = (body ?? {}) as { jobStatus?: Film } & Film;
	return answer.jobStatus ?? answer;
}

function refuseVideo({ failureCode, error, message }: Film): never {
	const why = [message, failureCode ?? error].filter(Boolean).join(', ') || 'no reason given';
	return refuse({
		code: 'media_rejected',
		platform: 'bluesky',
		rule: `bluesky.video.${failureCode ?? error ?? 'failed'}`,
		message: `Bluesky did not take the video: ${why}`,
	});
}
