import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';

export interface Video extends IDataObject {
	id: string;
	title?: string;
	video_description?: string;
	/** Seconds. */
	create_time?: number;
	share_url?: string;
}

const FIELDS =
	'id,title,video_description,create_time,duration,width,height,cover_image_url,share_url,embed_link,like_count,comment_count,share_count,view_count';

/**
 * Lists public videos of the account: https://developers.tiktok.com/doc/tiktok-api-v2-video-list
 */
export async function listVideos(api: Api, max_count: number, cursor?: string) {
	const { data } = await api.send<{
		data: { videos?: Video[]; cursor?: number; has_more?: boolean };
	}>({
		method: 'POST',
		path: '/v2/video/list/',
		query: { fields: FIELDS },
		body: { max_count, ...(cursor && { cursor: Number(cursor) }) },
		repeatable: true,
	});
	const { videos = [], cursor: next, has_more } = data;
	return { videos, ...(has_more && next && { cursor: String(next) }) };
}

/** https://developers.tiktok.com/doc/tiktok-api-v2-video-query */
export async function findVideo(api: Api, id: string): Promise<Video | undefined> {
	const { data } = await api.send<{ data: { videos?: Video[] } }>({
		method: 'POST',
		path: '/v2/video/query/',
		query: { fields: FIELDS },
		body: { filters: { video_ids: [id] } },
		repeatable: true,
	});
	return data.videos?.find((video) => video.id === id);
}
