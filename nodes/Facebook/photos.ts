import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import { on, type Place } from './place';

/**
 * Uploads a photo that is hidden until a post shows it. Facebook deletes it after a day unless it
 * belongs to a scheduled post: https://developers.facebook.com/docs/graph-api/reference/page/photos
 */
export async function uploadPhoto(
	api: Api,
	place: Place,
	{ open, bytes = 0, name, mime, alt }: Media,
	scheduled: boolean,
): Promise<string> {
	const { id } = await api.send<{ id: string }>({
		...on(api, place, `/${place.page}/photos`),
		method: 'POST',
		parts: async () => [
			field('published', 'false'),
			...(scheduled ? [field('temporary', 'true')] : []),
			...(alt ? [field('alt_text_custom', alt)] : []),
			{ name: 'source', filename: name, contentType: mime, data: { bytes, open } },
		],
		repeatable: true,
		refusal: 'media_rejected',
	});
	return String(id);
}

function field(name: string, value: string) {
	return { name, value };
}
