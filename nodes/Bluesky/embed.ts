import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { isImage, isVideo } from '../shared/media/kind';
import type { Options } from './options';
import { findPost } from './refs';

const THUMB_BYTES = 1_000_000;
/** More images than this need a gallery: https://docs.bsky.app/docs/advanced-guides/posts */
const IMAGES_IN_EMBED = 4;

/**
 * The single embed of a post: media or a link card, combined with a quoted post if there is one. A
 * video's embed lacks the file, which `withVideo` adds.
 */
export async function embedOf(api: Api, post: Post): Promise<IDataObject | undefined> {
	const { quote } = post.options as Options;
	const media = (await mediaEmbed(api, post)) ?? (await cardEmbed(api, post));
	if (!quote || post.parent) return media;
	const { uri, cid } = await findPost(api, quote);
	const record = { $type: 'app.bsky.embed.record', record: { uri, cid } };
	return media ? { $type: 'app.bsky.embed.recordWithMedia', record, media } : record;
}

export function withVideo(embed: IDataObject, video: IDataObject): IDataObject {
	const { media } = embed as { media?: IDataObject };
	return media ? { ...embed, media: { ...media, video } } : { ...embed, video };
}

async function mediaEmbed(api: Api, { media }: Post): Promise<IDataObject | undefined> {
	const [first] = media;
	if (!first) return undefined;
	if (isVideo(first)) {
		return {
			$type: 'app.bsky.embed.video',
			...(first.alt && { alt: first.alt }),
			...aspect(first),
		};
	}
	const images: IDataObject[] = [];
	for (const medium of media) {
		images.push({ image: await uploadBlob(api, medium), alt: medium.alt, ...aspect(medium) });
	}
	if (images.length <= IMAGES_IN_EMBED) return { $type: 'app.bsky.embed.images', images };
	// A gallery requires an aspect ratio; an approximate one is enough.
	const square = { aspectRatio: { width: 1, height: 1 } };
	const items = images.map((image) => ({
		$type: 'app.bsky.embed.gallery#image',
		...square,
		...image,
	}));
	return { $type: 'app.bsky.embed.gallery', items };
}

/**
 * Builds the link card, because Bluesky does not. A page without title and description still gets a
 * card with its address.
 */
async function cardEmbed(api: Api, { link, options }: Post): Promise<IDataObject | undefined> {
	const { card = 'auto', cardTitle, cardDescription, cardImage } = options as Options;
	if (!link || card === 'none') return undefined;
	const complete = cardTitle && cardDescription && cardImage;
	const page = complete ? undefined : await api.card(link);
	const image = cardImage ?? page?.image;
	const thumb =
		image &&
		(await api.tolerate('The picture of the link card', async () => await thumbOf(api, image)));
	return {
		$type: 'app.bsky.embed.external',
		external: {
			uri: link,
			title: cardTitle ?? page?.title ?? link,
			description: cardDescription ?? page?.description ?? '',
			...(thumb && { thumb }),
		},
	};
}

/**
 * Uploads the card's image. Checks its type first: the server accepts any file, but then refuses
 * the post that shows it.
 */
async function thumbOf(api: Api, url: string): Promise<IDataObject> {
	const picture = await api.fetchMedia(url, THUMB_BYTES);
	const { name, mime } = picture;
	if (isImage({ mime })) return await uploadBlob(api, picture);
	return refuse({
		code: 'media_rejected',
		platform: 'bluesky',
		rule: 'bluesky.card.type',
		message: `${name} is ${mime || 'of an unknown type'}, not an image`,
	});
}

/** https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob */
export async function uploadBlob(api: Api, medium: Media): Promise<IDataObject> {
	const { blob } = await api.send<{ blob: IDataObject }>({
		method: 'POST',
		path: '/xrpc/com.atproto.repo.uploadBlob',
		stream: { open: medium.open, bytes: medium.bytes ?? 0, type: medium.mime },
		timeout: 600_000,
		repeatable: true,
		refusal: 'media_rejected',
	});
	return blob;
}

/** Apps do not measure media: without a ratio they crop to a square. */
function aspect({ width, height }: Media) {
	return width && height ? { aspectRatio: { width, height } } : {};
}
