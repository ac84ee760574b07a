import { replyOr } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import type { Kind } from './options';
import { on, type Place } from './place';

interface Phase {
	status?: string;
	errors?: Array<{ code?: number; message?: string }>;
	bytes_transferred?: number;
	bytes_transfered?: number;
	publish_status?: string;
}

/** https://developers.facebook.com/documentation/video-api/guides/reels-publishing */
export interface VideoStatus {
	video_status?: string;
	uploading_phase?: Phase;
	processing_phase?: Phase;
	publishing_phase?: Phase;
}

/** A new object may not be visible at once: https://github.com/gitroomhq/postiz-app/issues/1562 */
const NOT_SEEN = 33;

export const NOTHING: VideoStatus = {};

/** The guide uses both spellings. */
export function transferredOf({ uploading_phase = {} }: VideoStatus): number {
	return Number(uploading_phase.bytes_transferred ?? uploading_phase.bytes_transfered ?? 0);
}

/** Reads a video's status; empty while Facebook does not show the video yet. */
export async function statusOf(api: Api, place: Place, video: string): Promise<VideoStatus> {
	const request = {
		...on(api, place, `/${encodeURIComponent(video)}`),
		query: { fields: 'status' },
	};
	const { status = NOTHING } = await replyOr<{ status?: VideoStatus }>(api, request, [NOT_SEEN]);
	return status;
}

/** Throws if a phase has failed; otherwise returns the status. */
export function failing(status: VideoStatus): VideoStatus {
	const { video_status, uploading_phase, processing_phase, publishing_phase } = status;
	const failed = [uploading_phase, processing_phase, publishing_phase].find(
		(phase) => phase?.status === 'error',
	);
	if (!failed && video_status !== 'error') return status;
	const { code, message = 'no reason given' } = failed?.errors?.[0] ?? {};
	return refuse({
		code: 'media_rejected',
		platform: 'facebook',
		rule: ['facebook.video', code].filter(Boolean).join('.'),
		docUrl: 'https://developers.facebook.com/documentation/video-api/reference/error-codes',
		message: `Facebook could not process the video: ${message}`,
	});
}

/** Whether Facebook has accepted the publishing request. */
export function isTaken({
	video_status,
	processing_phase,
	publishing_phase,
}: VideoStatus): boolean {
	const begun = ['in_progress', 'complete'];
	return (
		['processing', 'ready'].includes(video_status ?? '') ||
		begun.includes(processing_phase?.status ?? '') ||
		begun.includes(publishing_phase?.status ?? '')
	);
}

/**
 * Whether the video is visible or scheduled. Only the status of a Reel distinguishes these from
 * being processed.
 */
export function isOut({ video_status, publishing_phase }: VideoStatus, kind: Kind): boolean {
	const { status, publish_status } = publishing_phase ?? {};
	if (status === 'complete') return true;
	const ready = video_status === 'ready';
	return ready && (kind !== 'reel' || status === undefined || publish_status === 'scheduled');
}

export function isFailed(status: VideoStatus): boolean {
	const phases = [status.uploading_phase, status.processing_phase, status.publishing_phase];
	return status.video_status === 'error' || phases.some((phase) => phase?.status === 'error');
}
