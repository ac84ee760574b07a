import type {
	CommentLimit,
	Limits,
	PollLimit,
	ScheduleLimit,
	TitleLimit,
} from '../contract/limits';
import type { Poll, Post } from '../contract/post';
import type { Problem } from '../contract/problem';
import { timeWords } from '../editor/postFields';
import { kindOf } from '../media/kind';
import { MINUTE } from '../units';
import { isFirst } from './isFirst';
import { isOutside, problemsOf, span, type Problems } from './problems';

/** Last parts of rule IDs. */
const USUAL = { count: 'poll.count', length: 'poll.length' };

/** Checks title, time, poll and first comment against the limits. */
export async function fieldProblems(
	problems: Problems,
	post: Post,
	limits: Limits,
): Promise<Problem[]> {
	const { title, schedule, poll, firstComment } = limits;
	return [
		...(title ? await titleProblems(problems, post, { limits, title }) : []),
		...(poll ? await pollProblems(problems, post, poll) : []),
		...(schedule ? scheduleProblems(problems, post, schedule) : []),
		...(firstComment ? await commentProblems(problems, post, firstComment) : []),
	];
}

async function titleProblems(
	{ name, when, warnWhen, tooLong }: Problems,
	post: Post,
	{ limits, title: limit }: { limits: Limits; title: TitleLimit },
): Promise<Problem[]> {
	const { kinds, of, required, rule = 'title.length' } = limit;
	const { title, media } = post;
	if (!title) {
		const message = `${name} wants a title, and there is neither one nor a text to take it from`;
		return when(required && isFirst(post), 'title.missing', message, { lacks: 'text' });
	}
	const isShown = !kinds || media.some((medium) => kinds.includes(kindOf(limits, medium)!));
	if (isShown) return await tooLong(title, limit, rule, 'The title');
	return warnWhen(true, 'title.dropped', `On ${name} only ${of} has a title: it is left out`);
}

/** The problem of a scheduled time that is not ISO 8601. */
export function noTime(id: string, given: unknown): Problem[] {
	const actual = String(given);
	const message = `The scheduled time "${actual}" is not a time in ISO 8601`;
	return problemsOf(id).when(true, 'schedule.time', message, { limit: 'ISO 8601', actual });
}

/** Checks the time for scheduled publishing. */
export function scheduleProblems(
	{ when, warnWhen }: Problems,
	{ scheduledAt, thread }: Pick<Post, 'scheduledAt' | 'thread'>,
	{ ahead: { min, max = Infinity }, pastIsNow }: ScheduleLimit,
): Problem[] {
	if (scheduledAt === undefined) return [];
	const minutes = (scheduledAt - Date.now()) / MINUTE;
	const actual = new Date(scheduledAt).toISOString();
	const over = `The scheduled time ${actual} is over, so the post goes out at once`;
	if (minutes <= 0 && pastIsNow) return warnWhen(true, 'schedule.past', over, { actual });
	const [check, not, limit] =
		max < Infinity
			? ['window', 'not', `${timeWords(min)} to ${timeWords(max)}`]
			: ['soon', 'less than', timeWords(min)];
	const message = `The scheduled time ${actual} is ${not} ${limit} ahead`;
	return [
		...when(isOutside(minutes, { min, max }), `schedule.${check}`, message, { limit, actual }),
		...when(
			thread,
			'schedule.thread',
			'A thread cannot be scheduled: its posts hang on each other only once they are out',
			{ limit: 1, actual: thread?.of },
		),
	];
}

async function pollProblems(
	problems: Problems,
	{ media, poll }: Post,
	limit: PollLimit,
): Promise<Problem[]> {
	if (!poll) return [];
	const isBeside = media.length > 0 && !limit.media;
	return [
		...(await questionProblems(problems, poll, limit)),
		...(await answerProblems(problems, poll, limit)),
		...durationProblems(problems, poll, limit),
		...problems.when(isBeside, 'poll.media', 'A poll cannot stand beside media', {
			limit: 0,
			actual: media.length,
		}),
	];
}

async function answerProblems(
	{ name, when, tooLong }: Problems,
	{ answers }: Poll,
	{ answers: takes, answer, rules = USUAL }: PollLimit,
): Promise<Problem[]> {
	const actual = answers.length;
	const limit = span(takes);
	const message = `The poll has ${actual} options, ${name} takes ${limit}`;
	const lengths = answers.map(
		async (one) => await tooLong(one, answer, rules.length, `The poll option "${one}"`),
	);
	return [
		...when(isOutside(actual, takes), rules.count, message, { limit, actual }),
		...when(
			new Set(answers).size < actual,
			'poll.duplicate',
			'Two options of the poll are the same',
		),
		...(await Promise.all(lengths)).flat(),
	];
}

async function questionProblems(
	{ when, tooLong }: Problems,
	{ question = '' }: Poll,
	{ question: limit }: PollLimit,
): Promise<Problem[]> {
	if (!limit) return [];
	const rule = 'poll.question';
	return [
		...when(!question, rule, 'The poll has no question'),
		...(await tooLong(question, limit, rule, 'The question of the poll')),
	];
}

function durationProblems(
	{ name, when }: Problems,
	{ minutes: actual }: Poll,
	{ minutes: takes }: PollLimit,
): Problem[] {
	if (!takes) return [];
	const isRange = 'min' in takes;
	const isWrong = isRange ? isOutside(actual, takes) : !takes.includes(actual);
	const limit = isRange ? span(takes) : takes.join(', ');
	const message = `The poll lasts ${actual} minutes, ${name} takes ${limit}`;
	return when(isWrong, 'poll.duration', message, { limit, actual });
}

async function commentProblems(
	{ tooLong }: Problems,
	{ firstComment = '' }: Post,
	{ unsure, ...limit }: CommentLimit,
): Promise<Problem[]> {
	const [what, takes] = ['The first comment', unsure ? 'is said to take' : 'takes'];
	const found = await tooLong(firstComment, limit, 'comment.length', what, takes);
	return unsure ? found.map((one) => ({ ...one, warning: true })) : found;
}
