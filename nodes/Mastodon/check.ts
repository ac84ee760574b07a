import { DateTime } from 'luxon';

import type { Limits } from '../shared/contract/limits';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { graphemeCount } from '../shared/text/graphemes';
import { usualLimits, type MastodonLimits } from './instance';
import { chosen, isFirst, pollOf, timeOf, warningOf, type Options, type Poll } from './options';

const SCHEDULE_MINUTES = 5;

/** The warning counts like text. */
export function textRule({ options }: Post, { text }: Limits): Limits['text'] {
	return { ...text, max: Math.max(0, text.max - graphemeCount(warningOf(options as Options))) };
}

export function check(post: Post, given: Limits): Problem[] {
	const limits: MastodonLimits = { ...usualLimits, ...given };
	const options = post.options as Options;
	const media = post.media.flatMap(focusProblems);
	if (!isFirst(post)) return media;
	return [
		...media,
		...pollProblems(pollOf(options), post, limits),
		...quoteProblems(options, post, limits),
		...scheduleProblems(options, post),
		...coverProblems(options, post),
	];
}

function focusProblems({ name, options: { focus } }: Media): Problem[] {
	if (typeof focus !== 'string' || focus.trim() === '') return [];
	const point = focus.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
	if (point.length === 2 && point.every((part) => Math.abs(part) <= 1)) return [];
	const message = `${name}: the focus "${focus}" is not of the form x,y with numbers from -1 to 1`;
	return [{ rule: 'mastodon.media.focus', message, actual: focus }];
}

function pollProblems(poll: Poll | undefined, { media }: Post, limits: MastodonLimits): Problem[] {
	if (!poll) return [];
	const { answers, characters, minSeconds, maxSeconds, withMedia } = limits.poll;
	const { seconds } = poll;
	const count = poll.answers.length;
	return [
		...problem('poll.count', count < 2, `A poll needs two answers, it has ${count}`, 2, count),
		...problem(
			'poll.count',
			count > answers,
			`${count} answers, at most ${answers}`,
			answers,
			count,
		),
		...problem(
			'poll.duplicate',
			new Set(poll.answers).size < count,
			'Two answers of the poll are the same',
		),
		...poll.answers.flatMap((answer) => {
			const length = graphemeCount(answer);
			const message = `The answer "${answer}" has ${length} characters, at most ${characters}`;
			return problem('poll.length', length > characters, message, characters, length);
		}),
		...problem(
			'poll.duration',
			!(seconds >= minSeconds),
			`The poll lasts ${seconds} s, at least ${minSeconds} s`,
			minSeconds,
			seconds,
		),
		...problem(
			'poll.duration',
			seconds > maxSeconds,
			`The poll lasts ${seconds} s, at most ${maxSeconds} s`,
			maxSeconds,
			seconds,
		),
		...problem(
			'poll.media',
			media.length > 0 && !withMedia,
			'This server takes no media together with a poll',
		),
	];
}

/** https://docs.joinmastodon.org/client/quotes */
function quoteProblems(options: Options, { media }: Post, { quotes }: MastodonLimits): Problem[] {
	const { quote, quotePolicy } = options;
	const occupied = media.length > 0 || pollOf(options) !== undefined;
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

function scheduleProblems(options: Options, { thread }: Post): Problem[] {
	const time = timeOf(options);
	if (!time) return [];
	if (!time.isValid) {
		const message = `The scheduled time "${options.scheduledAt}" is not a time in ISO 8601`;
		return [{ rule: 'mastodon.schedule.time', message, actual: options.scheduledAt }];
	}
	const at = time.toISO() ?? '';
	const minutes = time.diff(DateTime.utc(), 'minutes').minutes;
	if (minutes <= 0) {
		const message = `The scheduled time ${at} is over, so the post goes out at once`;
		return [{ rule: 'mastodon.schedule.past', message, actual: at, warning: true }];
	}
	return [
		...problem(
			'schedule.soon',
			minutes < SCHEDULE_MINUTES,
			`The scheduled time ${at} is less than ${SCHEDULE_MINUTES} minutes ahead`,
			`${SCHEDULE_MINUTES} minutes`,
			at,
		),
		...problem(
			'schedule.thread',
			thread !== undefined,
			'A thread cannot be scheduled: its posts hang on each other only once they are out',
			1,
			thread?.of,
		),
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
