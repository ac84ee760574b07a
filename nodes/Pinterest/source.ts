import type { IDataObject } from 'n8n-workflow';

import type { Media } from '../shared/contract/media';
import { isVideo } from '../shared/media/kind';
import { picturesOf, type Options } from './options';
import { byUrl } from './rules';

/** The media source of a Pin of images: https://developers.pinterest.com/docs/api/v5/pins-create */
export async function sourceOf(pictures: Media[], options: Options): Promise<IDataObject> {
	const fetched = byUrl(pictures);
	const items: IDataObject[] = [];
	for (const picture of pictures) items.push(fetched ? urlOf(picture) : await encoded(picture));
	const kind = fetched ? 'url' : 'base64';
	if (items.length === 1) return { source_type: `image_${kind}`, ...items[0] };
	const { carouselCover = 1 } = options;
	const texts = picturesOf(options).map(({ title, description, link }) => ({
		...(title && { title }),
		...(description && { description }),
		...(link && { link }),
	}));
	return {
		source_type: fetched ? 'multiple_image_urls' : 'multiple_image_base64',
		items: items.map((item, index) => ({ ...item, ...texts[index] })),
		...(Number(carouselCover) > 1 && { index: Number(carouselCover) - 1 }),
	};
}

/** The media type that Pinterest shows for a Pin made from this source. */
export function mediaTypeOf({ source_type }: IDataObject): string {
	if (source_type === 'video_id') return 'video';
	return String(source_type).startsWith('multiple_') ? 'multiple_images' : 'image';
}

/** The same for the post's files; undefined after Resume, when Pinterest already has them. */
export function mediaTypeFor(media: readonly Media[]): string | undefined {
	if (media.length === 0) return undefined;
	if (media.some(isVideo)) return 'video';
	return media.length > 1 ? 'multiple_images' : 'image';
}

function urlOf(picture: Media): IDataObject {
	return { url: picture.publicUrl() };
}

/** Encodes an image for the request. */
export async function encoded({ mime, open }: Media) {
	const chunks: Buffer[] = [];
	for await (const chunk of await open()) chunks.push(chunk);
	return { content_type: mime, data: Buffer.concat(chunks).toString('base64') };
}
