import type { IDataObject } from 'n8n-workflow';

import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { withoutSecret } from '../shared/media/url';
import type { Options } from './options';
import { byUrl } from './rules';
import { encoded } from './source';

/** What stands for a video: a picture on the web, the bytes of one, or a moment of the video itself. */
export interface Cover extends IDataObject {
	url?: string;
	/** Why the URL was not kept: it has to be given again. */
	missing?: string;
	content_type?: string;
	data?: string;
	/** In seconds. */
	time?: number;
}

/** A picture beside the video goes before one on the web, and that before a moment of it. */
export async function coverOf(picture: Media | undefined, options: Options): Promise<Cover> {
	const { coverImageUrl, coverTime = 0 } = options;
	if (picture && byUrl([picture])) return { url: picture.publicUrl() };
	if (picture) return await encoded(picture);
	return coverImageUrl ? { url: coverImageUrl } : { time: Number(coverTime) };
}

/** The cover in Pinterest's words: https://developers.pinterest.com/docs/api/v5/pins-create */
export function coverFields({ url, missing, content_type, data, time = 0 }: Cover): IDataObject {
	if (url) return { cover_image_url: url };
	if (missing) return refuseMissing(missing);
	if (data) return { cover_image_content_type: content_type, cover_image_data: data };
	return { cover_image_key_frame_time: time };
}

/** The cover as it may wait in an item: a signed URL is a secret. */
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
