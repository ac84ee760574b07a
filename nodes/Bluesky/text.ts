import type { Post } from '../shared/contract/post';
import { linked } from '../shared/text/link';
import type { Options } from './options';

/** A link becomes a card; beside media there is no room for one, so it goes into the text. */
export function textOf({ text, link, media, options }: Post): string {
	const inText = media.length > 0 || (options as Options).card === 'none';
	const whole = inText ? linked({ text, link }) : text;
	// Offsets of links count from the start, and apps cut blank lines at the end.
	return whole.trimEnd();
}
