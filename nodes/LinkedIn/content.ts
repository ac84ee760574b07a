import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import type { Poll, Post } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { isImage, isVideo, kindOf, onlyOf } from '../shared/media/kind';
import { POLL_DURATIONS, type Options } from './options';
import { unfinished, upload, type Uploaded } from './upload';
import { ownPostIn } from './urns';

/** The content of a post besides its text, and the files that LinkedIn is still processing. */
export interface Content {
	shown: { content?: IDataObject; reshareContext?: IDataObject };
	waiting: Uploaded[];
}

/** The pack's own limit: LinkedIn documents none in bytes for images. */
const THUMBNAIL_BYTES = 20_000_000;

/** Whether the link becomes a card; otherwise it follows the text. */
export function hasCard({ link, media, options, poll }: Post): boolean {
	const { card = 'auto', reshare } = options as Options;
	return Boolean(link) && card === 'auto' && media.length === 0 && !reshare && !poll;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
export async function contentOf(api: Api, post: Post, owner: string): Promise<Content> {
	const parent = ownPostIn((post.options as Options).reshare);
	if (parent) return { shown: { reshareContext: { parent } }, waiting: [] };
	if (post.poll) return { shown: { content: { poll: pollOf(post.poll) } }, waiting: [] };
	if (post.media.length > 0) return await mediaOf(api, post, owner);
	return hasCard(post) ? await articleOf(api, post, owner) : { shown: {}, waiting: [] };
}

async function mediaOf(api: Api, { media, title }: Post, owner: string): Promise<Content> {
	const waiting: Uploaded[] = [];
	const images: IDataObject[] = [];
	for (const medium of media) {
		const uploaded = await upload(api, medium, owner);
		waiting.push(uploaded);
		images.push({ id: uploaded.urn, ...altOf(medium) });
	}
	const [first] = images;
	const content =
		images.length > 1
			? { multiImage: { images } }
			: { media: { ...first, ...titleOf(onlyOf(media), title) } };
	return { shown: { content }, waiting };
}

function altOf({ alt, mime }: Media): IDataObject {
	return alt && isImage({ mime }) ? { altText: alt } : {};
}

/** A document must have a title; an image shows none. */
function titleOf({ mime, name }: Media, given: string | undefined): IDataObject {
	if (isImage({ mime })) return {};
	const title = given ?? (isVideo({ mime }) ? '' : name);
	return title ? { title } : {};
}

function pollOf({ question = '', answers, minutes }: Poll): IDataObject {
	return {
		question,
		options: answers.map((text) => ({ text })),
		settings: { duration: POLL_DURATIONS.get(minutes) },
	};
}

/** Reads title, description and image from the page, because LinkedIn does not. */
async function articleOf(api: Api, post: Post, owner: string): Promise<Content> {
	const { link = '' } = post;
	const { cardTitle, cardDescription, cardImage } = post.options as Options;
	const complete = cardTitle && cardDescription && cardImage;
	const page = complete ? undefined : await api.card(link);
	const image = cardImage || page?.image;
	const thumbnail = image && (await thumbnailOf(api, image, owner));
	const description = cardDescription || page?.description;
	const article = {
		source: link,
		title: cardTitle || page?.title || link,
		...(description && { description }),
		...(thumbnail && { thumbnail }),
	};
	return { shown: { content: { article } }, waiting: [] };
}

async function thumbnailOf(api: Api, image: string, owner: string): Promise<string | undefined> {
	return await api.tolerate('The picture of the link card', async () => {
		const medium = await api.fetchMedia(image, THUMBNAIL_BYTES);
		const picture = await upload(api, pictureOf(api, medium), owner);
		await unfinished(api, [picture]);
		return picture.urn;
	});
}

/**
 * Checks a card's image. With another file, LinkedIn refuses the post or makes one that is not
 * visible.
 */
function pictureOf({ limits }: Api, medium: Media): Media {
	const { mime, width = 0, height = 0 } = medium;
	const { types = [], pixels = Infinity } = limits.media.image ?? {};
	const known = kindOf(limits, medium) === 'image';
	if (known && width * height <= pixels) return medium;
	const is = known ? `has ${width}×${height} pixels` : `is ${mime || 'of an unknown type'}`;
	const takes = known ? `up to ${pixels} in all` : types.join(', ');
	return refuse({
		code: 'media_rejected',
		platform: 'linkedIn',
		rule: 'linkedIn.card.picture',
		message: `it ${is}, and LinkedIn takes ${takes}`,
	});
}
