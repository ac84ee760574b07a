import type { IDataObject } from 'n8n-workflow';

import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { withoutSecret } from '../shared/media/url';
import type { Options } from './options';
import { byUrl } from './rules';
import { encoded } from './source';

/** A video's cover: an image's URL, an image's bytes, or a moment of the video. */
export interface Cover extends IDataObject {
	url?: string;
	/** Why the URL was not kept; the user must provide it again. */
	missing?: string;
	content_type?: string;
	data?: string;
	/** In seconds. */
	time?: number;
}

/**
 * Chooses the cover: first an image next to the video, then the URL, then a moment of the video.
 */
export async function coverOf(picture: Media | undefined, options: Options): Promise<Cover> {
	const { coverImageUrl, coverTime = 0 } = options;
	if (picture && byUrl([picture])) return { url: picture.publicUrl() };
	if (picture) return await encoded(picture);
	return coverImageUrl ? { url: coverImageUrl } : { time: Number(coverTime) };
}

/** The cover's fields in the request: https://developers.pinterest.com/docs/api/v5/pins-create */
export function coverFields({ url, missing, content_type, data, time = 0 }: Cover): IDataObject {
	if (url) return { cover_image_url: url };
	if (missing) return refuseMissing(missing);
	if (data) return { cover_image_content_type: content_type, cover_image_data: data };
	return { cover_image_key_frame_time: time };
}

/** Removes a signed URL, which is a secret, because the cover may wait in an item. */
export function withoutSecretUrl(cover: Cover): Cover {
	const { url } = cover;
	if (!url) return cover;
	const { missing } = withoutSecret({ url, alt: '', options: {} });
	return missing ? { missing } : { url };
}

function refuseMissing(message: string): never {
	const problem = { rule: 'pinterest.media.missing', message };
	return refuse({
		code: 'validation_failed',
		platform: 'pinterest',
		...problem,
		problems: [problem],
	});
}
