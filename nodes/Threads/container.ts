import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { SECOND } from '../shared/units';

/** Progress of a post. Plain data, because it may wait in an item. */
export interface State extends IDataObject {
	/** The container to publish; once it exists, only this one is awaited. */
	container?: string;
	/**
	 * Containers of a carousel's items; `fields` are those of a carousel that is still to be made.
	 */
	children?: string[];
	fields?: IDataObject;
	/** Data to recognize the post among others. */
	type: string;
	text: string;
	reply: boolean;
	since: number;
}

interface Status {
	status?: string;
	error_message?: string;
}

/** Makes a container, which is not visible; Threads deletes an unused one after a day. */
export async function create(api: Api, form: IDataObject): Promise<string> {
	const { id } = await api.send<{ id: string }>({
		method: 'POST',
		path: '/v1.0/me/threads',
		form,
		repeatable: true,
	});
	return String(id);
}

/** https://developers.facebook.com/docs/threads/troubleshooting */
export async function statusOf(api: Api, container: string): Promise<Status> {
	return await api.send<Status>({
		path: `/v1.0/${encodeURIComponent(container)}`,
		query: { fields: 'id,status,error_message' },
	});
}

/**
 * Waits until the container can be published or is published; undefined if the time was too short.
 */
export async function ready(api: Api, container: string, atMost: number) {
	return await api.until(
		async () => {
			const { status, error_message } = await statusOf(api, container);
			if (status === 'FINISHED' || status === 'PUBLISHED') return status;
			if (status === 'ERROR' || status === 'EXPIRED') return refuseContainer(status, error_message);
			return undefined;
		},
		{ every: SECOND, atMost },
	);
}

function refuseContainer(status: string, reason?: string): never {
	const media = /^(FAILED|INVALID)_/.test(reason ?? '');
	return refuse({
		code: media ? 'media_rejected' : 'platform_rejected',
		platform: 'threads',
		docUrl: 'https://developers.facebook.com/docs/threads/troubleshooting',
		rule: `threads.container.${reason ?? status}`,
		message: `Threads did not take the post: ${reason ?? status}`,
		...(status === 'EXPIRED' && {
			remediation: 'Publish the post again: what Threads prepared is kept for a day only.',
		}),
	});
}
