import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import { secretsOfUrl } from '../shared/errors/secretUrl';
import { isVideo } from '../shared/media/kind';
import { boardId, pinUrl, sectionId } from './address';
import { coverFields, coverOf, withoutSecretUrl, type Cover } from './cover';
import type { Options } from './options';
import { altOf } from './rules';
import { mediaTypeOf, sourceOf } from './source';
import { processed, upload } from './upload';

/** Pinterest fetches images before it answers, and sent files take time. */
export const PUBLISHING_MS = 300_000;

/** A prepared Pin of a video. */
interface Draft extends IDataObject {
	film: string;
	body: IDataObject;
	cover: Cover;
}

export async function publish(api: Api, post: Post): Promise<Published> {
	const options = post.options as Options;
	const film = post.media.find(isVideo);
	if (!film) return await create(api, bodyOf(post), await sourceOf(post.media, options));
	const picture = post.media.find((medium) => medium !== film);
	const cover = await coverOf(picture, options);
	return await finish(api, { film: await upload(api, film), body: bodyOf(post), cover });
}

/** Waits for the video, then publishes. */
export async function finish(api: Api, state: IDataObject): Promise<Published> {
	const { film, body, cover } = state as Draft;
	const media_source = { source_type: 'video_id', media_id: film, ...coverFields(cover) };
	if (await processed(api, film)) return await create(api, body, media_source);
	const resume = { film, body, cover: withoutSecretUrl(cover) };
	return { id: film, status: 'processing', resume };
}

/** https://developers.pinterest.com/docs/api/v5/pins-create */
async function create(api: Api, said: IDataObject, media_source: IDataObject): Promise<Published> {
	const { cover_image_url: cover = '' } = media_source;
	const { id = '' } = await api.publish<{ id?: string }>(
		{
			...{ method: 'POST', path: '/v5/pins', timeout: PUBLISHING_MS },
			body: { ...said, media_source },
			secrets: secretsOfUrl(String(cover)),
		},
		{ ...said, media_type: mediaTypeOf(media_source) },
	);
	return { id, ...(id && { url: pinUrl(api, id) }) };
}

/** The request body of a Pin without its media. */
export function bodyOf({ title, text, link, target, media, options }: Post): IDataObject {
	const { dominantColor, boardSection } = options as Options;
	const section = sectionId(boardSection);
	const alt = altOf(media);
	return {
		board_id: boardId(target),
		...(section && { board_section_id: section }),
		...(title && { title }),
		...(text && { description: text }),
		...(link && { link }),
		...(alt && { alt_text: alt }),
		...(dominantColor && { dominant_color: dominantColor }),
	};
}
