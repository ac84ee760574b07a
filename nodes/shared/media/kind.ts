import type { Limits, MediaKind } from '../contract/limits';
import type { Media } from '../contract/media';

/**
 * The kind that a file counts as on this platform; undefined if its type is refused. If GIFs also
 * count as images, a GIF that surely is not animated is an image.
 */
export function kindOf(
	limits: Limits,
	{ mime, animated }: Pick<Media, 'mime' | 'animated'>,
): MediaKind | undefined {
	const kinds = Object.keys(limits.media) as MediaKind[];
	const fitting = kinds.filter((kind) => limits.media[kind]?.types.includes(mime));
	return fitting.find((kind) => kind === 'gif' && animated !== false) ?? fitting[0];
}

export function isVideo({ mime }: Pick<Media, 'mime'>): boolean {
	return mime.startsWith('video/');
}

export function isImage({ mime }: Pick<Media, 'mime'>): boolean {
	return mime.startsWith('image/');
}

/** The single file of a post. The platform's checks must guarantee that there is one. */
export function onlyOf(media: readonly Media[]): Media {
	const [medium] = media;
	if (!medium) throw new Error('The post has no file, although its checks have passed');
	return medium;
}
