import { crawl } from '../kit/crawler';
import { digestOf, type Digest } from '../kit/digest';
import { sniff, type Sniffed } from '../kit/sniff';
import { refuse, type Call, type SandboxMedia } from '../kit/types';
import { UNREACHABLE, invalid } from './errors';
import type { Pin, Server } from './model';
import { ID, choice, list, object, text, whole } from './rules';

type Fields = Record<string, unknown>;

/** The media of a Pin, and further data of the source. */
export interface Source {
	mediaType: Pin['mediaType'];
	media: SandboxMedia[];
	more: Fields;
}

const TYPES = ['image/jpeg', 'image/png'] as const;
const FETCHED = [...TYPES, 'image/webp', 'image/gif', 'image/bmp', 'image/tiff'];
/**
 * Looks for invalid characters, because a pattern for a whole text of millions of characters would
 * overflow the stack.
 */
const BASE64 = {
	source: '^[a-zA-Z0-9+/=]+$',
	test: (data: string) => data !== '' && !/[^a-zA-Z0-9+/=]/.test(data),
};
const MOST = 20 * 1024 * 1024;
const SLIDES = { min: 2, max: 5 };

export async function sourceOf(server: Server, call: Call, body: Fields): Promise<Source> {
	const source = object(body, 'media_source');
	switch (source.source_type) {
		case 'image_url':
			return { mediaType: 'image', media: [await fromUrl(server, source)], more: {} };
		case 'image_base64':
			return { mediaType: 'image', media: [fromBase64(server, source)], more: {} };
		case 'multiple_image_urls':
			return await slides(source, async (item) => await fromUrl(server, item));
		case 'multiple_image_base64':
			return await slides(source, async (item) => fromBase64(server, item));
		case 'video_id':
			return await film(server, call, source);
		default:
			return invalid(`'${String(source.source_type)}' is not a supported source_type`);
	}
}

async function fromUrl(server: Server, source: Fields, name = 'url'): Promise<SandboxMedia> {
	const url = text(source, name, { needed: true })!;
	const digest = await crawl(server, url, MOST);
	const seen = digest && sniff(digest.head);
	if (!digest || !seen || !FETCHED.includes(seen.type)) return refuse(UNREACHABLE);
	return medium(server, digest, { ...seen, fetchedFrom: url });
}

function fromBase64(server: Server, source: Fields, prefix = ''): SandboxMedia {
	const type = choice(source, `${prefix}content_type`, TYPES);
	if (!type) return invalid(`'${prefix}content_type' is a required property`);
	const data = text(source, `${prefix}data`, { needed: true, pattern: BASE64 })!;
	const digest = digestOf(Buffer.from(data, 'base64'));
	if (digest.length > MOST) return invalid('the image is too large');
	const seen = sniff(digest.head);
	if (seen?.type !== type) return invalid(`the data is no ${type}`);
	return medium(server, digest, seen);
}

function medium(server: Server, digest: Digest, seen: Sniffed & { fetchedFrom?: string }) {
	const { length, sha256 } = digest;
	return { id: server.newId(), length, sha256, ...seen };
}

async function slides(
	source: Fields,
	read: (item: Fields) => Promise<SandboxMedia>,
): Promise<Source> {
	const items = list(source, 'items', SLIDES);
	const index = whole(source, 'index');
	if (index !== null && index >= items.length) return invalid(`index ${index} is out of range`);
	const media: SandboxMedia[] = [];
	for (const item of items) {
		const texts = ['title', 'description', 'link'].map((name) => [name, text(item, name)] as const);
		const given = texts.filter(([, value]) => value !== null);
		media.push({ ...(await read(item)), ...Object.fromEntries(given) });
	}
	return { mediaType: 'multiple_images', media, more: index === null ? {} : { index } };
}

/** An uploaded video, and its cover picture. */
async function film(server: Server, call: Call, source: Fields): Promise<Source> {
	const id = text(source, 'media_id', { needed: true, pattern: ID })!;
	const upload = server.world.uploads.find((one) => one.id === id);
	if (!upload || upload.account !== call.token?.account || upload.status !== 'succeeded')
		return invalid(`media_id ${id} is not ready to be used`);
	const { parameters: _form, ...shown } = upload;
	return { mediaType: 'video', media: [shown], more: await cover(server, source) };
}

async function cover(server: Server, source: Fields): Promise<Fields> {
	const time = whole(source, 'cover_image_key_frame_time');
	const named = [
		...(source.cover_image_url === undefined
			? []
			: [await fromUrl(server, source, 'cover_image_url')]),
		...(source.cover_image_data === undefined ? [] : [fromBase64(server, source, 'cover_image_')]),
	];
	if (time === null && named.length === 0)
		return invalid('cover_image_url or cover_image_content_type is required for video Pins');
	return {
		...(time !== null && { cover_image_key_frame_time: time }),
		...(named[0] && { cover: named[0] }),
	};
}
