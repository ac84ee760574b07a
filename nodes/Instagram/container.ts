import type { IDataObject } from 'n8n-workflow';

import { at } from '../Meta/request';
import { rupload } from '../Meta/upload';
import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { SUBCODES } from './errors';
import type { Kind } from './options';

/** Progress of a post. Plain data, because it may wait in an item. */
export interface State extends IDataObject {
	/** ID of the account that publishes. */
	place: string;
	/** The container to publish; once it exists, only this one is awaited. */
	container?: string;
	/**
	 * Containers of a carousel's items; `fields` are those of a carousel that is still to be made.
	 */
	children?: string[];
	fields?: IDataObject;
	/** Data to recognize the post among others. */
	kind: Kind;
	caption: string;
	since: number;
	/** Added after the post is published. */
	comment?: string;
}

export interface Status {
	status_code?: string;
	status?: string;
	video_status?: { uploading_phase?: { bytes_transferred?: number } };
}

/** Makes a container, which is not visible; Instagram deletes an unused one after a day. */
export async function create(api: Api, place: string, form: IDataObject, sent?: Media) {
	const resumable = sent && { upload_type: 'resumable' };
	const { id, uri } = await api.send<{ id: string; uri?: string }>({
		method: 'POST',
		path: at(api, `/${encodeURIComponent(place)}/media`),
		form: { ...form, ...resumable },
		repeatable: true,
	});
	if (sent) await bring(api, String(id), uri, sent);
	return String(id);
}

/** https://developers.facebook.com/documentation/instagram-platform/content-publishing/resumable-uploads */
async function bring(api: Api, container: string, uri: string | undefined, medium: Media) {
	if (!uri) return refuseUpload();
	return await rupload(api, {
		url: uri,
		token: async () => api.token.access_token,
		medium,
		transferred: async () => {
			const { video_status } = await statusOf(api, container, 'video_status');
			return Number(video_status?.uploading_phase?.bytes_transferred ?? 0);
		},
	});
}

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-container */
export function statusRequest(api: Api, container: string, fields = 'status_code,status') {
	return { path: at(api, `/${encodeURIComponent(container)}`), query: { fields } };
}

export async function statusOf(api: Api, container: string, fields?: string): Promise<Status> {
	return await api.send<Status>(statusRequest(api, container, fields));
}

/**
 * Waits until the container can be published or is published; undefined if the time was too short.
 */
export async function ready(api: Api, container: string, atMost: number) {
	return await api.until(
		async () => {
			const { status_code, status } = await statusOf(api, container);
			if (status_code === 'FINISHED' || status_code === 'PUBLISHED') return status_code;
			if (status_code === 'EXPIRED') return refuseContainer('EXPIRED');
			return status_code === 'ERROR' ? refuseContainer('ERROR', status) : undefined;
		},
		{ every: 2000, atMost },
	);
}

/**
 * The status text contains the subcode: "Error: Media upload has failed with error code 2207026".
 */
function refuseContainer(code: 'EXPIRED' | 'ERROR', status = ''): never {
	const subcode = /\b22\d{5}\b/.exec(status)?.[0];
	return refuse({
		code: code === 'EXPIRED' ? 'platform_rejected' : 'media_rejected',
		...SUBCODES[Number(subcode)],
		platform: 'instagram',
		docUrl:
			'https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/error-codes',
		rule: `instagram.container.${subcode ?? code}`,
		message: `Instagram did not take the post: ${status || code}`,
		...(code === 'EXPIRED' && {
			retryable: true,
			remediation: 'Publish the post again: what Instagram prepared is kept for a day only.',
		}),
	});
}

function refuseUpload(): never {
	return refuse({
		code: 'media_rejected',
		platform: 'instagram',
		rule: 'instagram.upload.unavailable',
		message: 'Instagram gave no address to send the video to.',
		remediation: 'Give the video as a URL.',
	});
}
