import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';
import type { Options } from './options';

/** A link becomes a card. Next to media, or if the user wants no card, it goes into the text. */
export function textOf({ text, link, media, options }: Post): string {
	const inText = media.length > 0 || (options as Options).card === 'none';
	const whole = inText ? linked({ text, link }) : text;
	// Cuts only the end, as apps do with blank lines, because the offsets of links count from the
	// start.
	return whole.trimEnd();
}
