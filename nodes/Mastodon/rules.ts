import type { Limits } from '../shared/contract/limits';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { graphemeCount } from '../shared/text/graphemes';
import { usualLimits, type MastodonLimits } from './instance';
import { chosen, isFirst, warningOf, type Options } from './options';

/** The warning counts like text. */
export function textRule({ options }: Post, { text }: Limits): Limits['text'] {
	return { ...text, max: Math.max(0, text.max - graphemeCount(warningOf(options as Options))) };
}

export function check(post: Post, given: Limits): Problem[] {
	const limits: MastodonLimits = { ...usualLimits, ...given };
	const options = post.options as Options;
	const media = post.media.flatMap(focusProblems);
	if (!isFirst(post)) return media;
	return [...media, ...quoteProblems(options, post, limits), ...coverProblems(options, post)];
}

function focusProblems({ name, options: { focus } }: Media): Problem[] {
	if (typeof focus !== 'string' || focus.trim() === '') return [];
	const point = focus.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
	if (point.length === 2 && point.every((part) => Math.abs(part) <= 1)) return [];
	const message = `${name}: the focus "${focus}" is not of the form x,y with numbers from -1 to 1`;
	return [{ rule: 'mastodon.media.focus', message, actual: focus }];
}

/** https://docs.joinmastodon.org/client/quotes */
function quoteProblems(
	options: Options,
	{ media, poll }: Post,
	{ quotes }: MastodonLimits,
): Problem[] {
	const { quote, quotePolicy } = options;
	const occupied = media.length > 0 || poll !== undefined;
	const ignored = !quotes && chosen(quotePolicy) !== undefined;
	return [
		...problem(
			'quote.unsupported',
			Boolean(quote) && !quotes,
			'This server has no quotes; put the link to the post into the text instead',
		),
		...problem(
			'quote.together',
			Boolean(quote) && occupied,
			'A quote takes neither media nor a poll',
		),
		...problem('quote.policy', ignored, 'This server does not know who may quote').map((one) => ({
			...one,
			warning: true as const,
		})),
	];
}

function coverProblems({ cover }: Options, { media }: Post): Problem[] {
	if (!cover || media.some(takesCover)) return [];
	const message = 'There is no video or audio file for the cover, so it is left out';
	return [{ rule: 'mastodon.media.cover', message, warning: true }];
}

export function takesCover({ mime }: Pick<Media, 'mime'>): boolean {
	return /^(video|audio)\//.test(mime);
}

function problem(
	check: string,
	found: boolean,
	message: string,
	limit?: number | string,
	actual?: number | string,
): Problem[] {
	if (!found) return [];
	const figures = {
		...(limit !== undefined && { limit }),
		...(actual !== undefined && { actual }),
	};
	return [{ rule: `mastodon.${check}`, message, ...figures }];
}
