import type { Limits, MediaKind } from '../contract/limits';
import type { Media } from '../contract/media';

/**
 * Which of a platform's kinds a medium counts as; undefined if the platform takes no such type.
 * Where GIFs are images as well, those are that surely do not move.
 */
export function kindOf(
	limits: Limits,
	{ mime, animated }: Pick<Media, 'mime' | 'animated'>,
): MediaKind | undefined {
	const kinds = Object.keys(limits.media) as MediaKind[];
	const fitting = kinds.filter((kind) => limits.media[kind]?.types.includes(mime));
	return fitting.find((kind) => kind === 'gif' && animated !== false) ?? fitting[0];
}

/** The one file of a post that has surely one: the checks of its platform refuse it otherwise. */
export function onlyOf(media: readonly Media[]): Media {
	const [medium] = media;
	if (!medium) throw new Error('The post has no file, although its checks have passed');
	return medium;
}
