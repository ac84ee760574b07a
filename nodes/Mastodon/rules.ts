import type { Limits } from '../shared/contract/limits';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isFirst } from '../shared/publish/isFirst';
import { problemsOf } from '../shared/publish/problems';
import { graphemeCount } from '../shared/text/graphemes';
import { usualLimits, type MastodonLimits } from './instance';
import { chosen, warningOf, type Options } from './options';

const { when, warnWhen } = problemsOf('mastodon');

/** The content warning counts as text. */
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
	const isRight = point.length === 2 && point.every((part) => Math.abs(part) <= 1);
	const message = `${name}: the focus "${focus}" is not of the form x,y with numbers from -1 to 1`;
	return when(!isRight, 'media.focus', message, { actual: focus });
}

/** https://docs.joinmastodon.org/client/quotes */
function quoteProblems(
	{ quote, quotePolicy }: Options,
	{ media, poll }: Post,
	{ quotes }: MastodonLimits,
): Problem[] {
	return [
		...when(
			quote && !quotes,
			'quote.unsupported',
			'This server has no quotes; put the link to the post into the text instead',
		),
		...when(
			quote && (media.length > 0 || poll),
			'quote.together',
			'A quote takes neither media nor a poll',
		),
		...warnWhen(
			chosen(quotePolicy) && !quotes,
			'quote.policy',
			'This server does not know who may quote',
		),
	];
}

function coverProblems({ cover }: Options, { media }: Post): Problem[] {
	const message = 'There is no video or audio file for the cover, so it is left out';
	return warnWhen(cover && !media.some(takesCover), 'media.cover', message);
}

export function takesCover({ mime }: Pick<Media, 'mime'>): boolean {
	return /^(video|audio)\//.test(mime);
}
