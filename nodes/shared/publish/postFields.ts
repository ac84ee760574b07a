import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { PollLimit } from '../contract/limits';
import type { Platform } from '../contract/platform';
import type { Poll, Post } from '../contract/post';
import { optionsOf } from '../editor/describe';
import { POLL_MINUTES } from '../editor/postFields';
import { inWordsOfToday } from '../editor/versions';
import { lines } from '../text/lines';
import { without } from '../without';
import { noTime } from './fieldProblems';
import { readOptions } from './options';
import { warn, type Field, type Given, type Notes } from './values';

/** Post fields, with the name of each in `Limits`. */
const LIMITS = {
	title: 'title',
	scheduledAt: 'schedule',
	poll: 'poll',
	firstComment: 'firstComment',
} as const;

export type PostField = keyof typeof LIMITS;

export const POST_FIELDS = Object.keys(LIMITS) as PostField[];

/** Reads the options of a node of any version and translates them to today's. */
export function readPostOptions(
	notes: Notes,
	given: Given,
	{ platform, version, field }: { platform: Platform; version: number; field?: Field },
): IDataObject {
	const read = readOptions(notes, given, optionsOf(platform, version), field);
	return withTime(notes, inWordsOfToday(platform, read, version));
}

/** Epoch ms; NaN if it is not a time. Without a zone, the workflow's zone applies. */
export function timeIn(text: unknown): number {
	return DateTime.fromISO(String(text)).toMillis();
}

/** Removes an invalid time and notes the problem. */
export function withTime(notes: Notes, options: IDataObject): IDataObject {
	const { scheduledAt } = options;
	if (!scheduledAt || !Number.isNaN(timeIn(scheduledAt))) return options;
	notes.problems.push(...noTime(notes.platform, scheduledAt));
	return without(options, 'scheduledAt');
}

/**
 * The post fields and the platform's own options. `text`: the text of a first part, else undefined.
 */
export function fieldsOf(
	{ limits }: Platform,
	options: IDataObject,
	text: string | undefined,
): Pick<Post, PostField | 'options'> {
	const own = { options: without(options, ...POST_FIELDS) };
	if (text === undefined) return own;
	const all = fieldsIn(options);
	const title = all.title ?? (limits.title?.required && firstLine(text));
	const poll = all.poll && limits.poll && pollWithin(all.poll, limits.poll);
	const fields = Object.entries({ ...all, title, poll }).filter(
		([name, value]) => value !== undefined && value !== '' && limits[LIMITS[name as PostField]],
	);
	return { ...own, ...Object.fromEntries(fields) };
}

/**
 * The common options that fit this platform. Unsupported ones are left out with a warning; a time
 * on a platform without scheduling is a problem.
 */
export function fittingOptions(
	notes: Notes,
	{ limits, name }: Platform,
	options: IDataObject,
): IDataObject {
	const given = fieldsIn(options);
	const lacking = POST_FIELDS.filter((field) => !limits[LIMITS[field]]);
	for (const field of lacking.filter((one) => given[one] !== undefined)) {
		if (field === 'scheduledAt') refuseSchedule(notes, name);
		else drop(notes, field, name);
	}
	const { poll } = given;
	if (poll && limits.poll) dropOfPoll(notes, poll, { limit: limits.poll, name });
	return without(options, ...lacking);
}

/** Names in the editor of the fields and of the parts of a poll. */
const LABELS = { title: 'Title', poll: 'Poll', firstComment: 'First Comment' };
const PARTS = {
	question: 'Question',
	duration: 'Duration',
	multiple: 'Multiple Choice',
	hideTotals: 'Hide Results',
};

const LACKED = { title: 'titles', poll: 'polls', firstComment: 'first comments' };

function drop(notes: Notes, field: keyof typeof LABELS, platform: string) {
	const label = LABELS[field];
	const what = `${platform} has no ${LACKED[field]}: ${label} is left out`;
	warn(notes, { label, name: field }, 'dropped', what);
}

function dropOfPoll(
	notes: Notes,
	{ question, minutes, multiple, hideTotals }: Poll,
	{ limit, name }: { limit: PollLimit; name: string },
) {
	const lost = [
		[question && !limit.question, 'question', 'have no question besides the text of the post'],
		[minutes !== POLL_MINUTES && !limit.minutes, 'duration', 'have a duration of their own'],
		[multiple && !limit.multiple, 'multiple', 'take one answer of each person'],
		[hideTotals && !limit.hideTotals, 'hideTotals', 'show their results at once'],
	] as const;
	for (const [is, part, why] of lost) {
		const what = `Polls on ${name} ${why}: ${PARTS[part]} is left out`;
		if (is) warn(notes, { label: PARTS[part], name: 'poll' }, `${part}.dropped`, what);
	}
}

function refuseSchedule({ platform, problems }: Notes, name: string) {
	problems.push({
		rule: `${platform}.schedule.unsupported`,
		message: `${name} cannot schedule posts, and this one would go out at once: start the workflow at that time with a Schedule Trigger node, or hold the post back with a Wait node`,
	});
}

function fieldsIn(options: IDataObject): Pick<Post, PostField> {
	const { title, scheduledAt, poll, firstComment } = options;
	return {
		title: trimmed(title),
		scheduledAt: scheduledAt ? timeIn(scheduledAt) : undefined,
		poll: pollIn(poll),
		firstComment: trimmed(firstComment),
	};
}

function trimmed(value: unknown): string | undefined {
	return String(value ?? '').trim() || undefined;
}

/** An added but empty poll counts as a poll and is refused later. */
function pollIn(option: IDataObject[string]): Poll | undefined {
	const { poll } = (option ?? {}) as { poll?: IDataObject };
	if (!poll) return undefined;
	const { question, answers, minutes, multiple, hideTotals } = poll;
	const asked = trimmed(question);
	return {
		answers: lines(answers),
		minutes: Number(minutes ?? POLL_MINUTES),
		...(asked && { question: asked }),
		...(multiple === true && { multiple }),
		...(hideTotals === true && { hideTotals }),
	};
}

/** The poll without the settings that the platform does not have. */
function pollWithin(poll: Poll, limit: PollLimit): Poll {
	const settings = ['question', 'multiple', 'hideTotals'] as const;
	return without(poll, ...settings.filter((one) => !limit[one]));
}

function firstLine(text: string): string {
	return lines(text)[0] ?? '';
}
