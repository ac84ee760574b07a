import type {
	CommentLimit,
	Limits,
	PollLimit,
	ScheduleLimit,
	TitleLimit,
} from '../contract/limits';
import type { Platform } from '../contract/platform';
import type { Poll, Post } from '../contract/post';
import type { Problem } from '../contract/problem';
import { timeWords } from '../editor/postFields';
import { kindOf } from '../media/kind';
import { excess } from '../text';

/** Last parts of rule IDs. */
const USUAL = { count: 'poll.count', length: 'poll.length' };

type Named = Pick<Platform, 'id' | 'name'>;

/** Checks title, time, poll and first comment against the limits. */
export async function fieldProblems(
	platform: Named,
	post: Post,
	limits: Limits,
): Promise<Problem[]> {
	const { title, schedule, poll, firstComment } = limits;
	return [
		...(title ? await titleProblems(platform, post, { limits, title }) : []),
		...(poll && post.poll ? await pollProblems(platform, post, { ...poll, poll: post.poll }) : []),
		...(schedule ? scheduleProblems(platform.id, post, schedule) : []),
		...(firstComment ? await commentProblems(platform, post, firstComment) : []),
	];
}

async function titleProblems(
	platform: Named,
	{ title, media, thread }: Post,
	{ limits, title: limit }: { limits: Limits; title: TitleLimit },
): Promise<Problem[]> {
	const { id, name } = platform;
	const { kinds, of, required, rule = 'title.length' } = limit;
	if (!title) {
		const message = `${name} wants a title, and there is neither one nor a text to take it from`;
		const isMissing = required && (thread?.part ?? 0) === 0;
		return isMissing ? [{ rule: `${id}.title.missing`, message, lacks: 'text' }] : [];
	}
	const isShown = !kinds || media.some((medium) => kinds.includes(kindOf(limits, medium)!));
	if (isShown) return await tooLong(platform, ['The title', title], { ...limit, rule });
	const message = `On ${name} only ${of} has a title: it is left out`;
	return [{ rule: `${id}.title.dropped`, message, warning: true }];
}

/** The problem of a scheduled time that is not ISO 8601. */
export function noTime(id: string, given: unknown): Problem {
	return {
		rule: `${id}.schedule.time`,
		message: `The scheduled time "${String(given)}" is not a time in ISO 8601`,
		limit: 'ISO 8601',
		actual: String(given),
	};
}

/** Checks the time for scheduled publishing. */
export function scheduleProblems(
	id: string,
	{ scheduledAt, thread }: Pick<Post, 'scheduledAt' | 'thread'>,
	{ ahead: { min, max = Infinity }, pastIsNow }: ScheduleLimit,
): Problem[] {
	if (scheduledAt === undefined) return [];
	const minutes = (scheduledAt - Date.now()) / 60_000;
	const actual = new Date(scheduledAt).toISOString();
	if (minutes <= 0 && pastIsNow) {
		const message = `The scheduled time ${actual} is over, so the post goes out at once`;
		return [{ rule: `${id}.schedule.past`, message, actual, warning: true }];
	}
	const [check, not, limit] =
		max < Infinity
			? ['window', 'not', `${timeWords(min)} to ${timeWords(max)}`]
			: ['soon', 'less than', timeWords(min)];
	const message = `The scheduled time ${actual} is ${not} ${limit} ahead`;
	const isOutside = minutes < min || minutes > max;
	return [
		...when(isOutside, { rule: `${id}.schedule.${check}`, message, limit, actual }),
		...when(thread, {
			rule: `${id}.schedule.thread`,
			message: 'A thread cannot be scheduled: its posts hang on each other only once they are out',
			limit: 1,
			actual: thread?.of,
		}),
	];
}

async function pollProblems(
	platform: Named,
	{ media }: Post,
	{ poll, ...limit }: PollLimit & { poll: Poll },
): Promise<Problem[]> {
	return [
		...(await questionProblems(platform, poll, limit)),
		...(await answerProblems(platform, poll, limit)),
		...durationProblems(platform, poll, limit),
		...when(media.length > 0 && !limit.media, {
			rule: `${platform.id}.poll.media`,
			message: 'A poll cannot stand beside media',
			limit: 0,
			actual: media.length,
		}),
	];
}

async function answerProblems(
	platform: Named,
	{ answers }: Poll,
	{ answers: { min, max }, answer, rules = USUAL }: PollLimit,
): Promise<Problem[]> {
	const { id, name } = platform;
	const actual = answers.length;
	const limit = `${min} to ${max}`;
	const message = `The poll has ${actual} options, ${name} takes ${limit}`;
	const most = { ...answer, rule: rules.length };
	const lengths = answers.map(
		async (one) => await tooLong(platform, [`The poll option "${one}"`, one], most),
	);
	return [
		...when(actual < min || actual > max, { rule: `${id}.${rules.count}`, message, limit, actual }),
		...when(new Set(answers).size < actual, {
			rule: `${id}.poll.duplicate`,
			message: 'Two options of the poll are the same',
		}),
		...(await Promise.all(lengths)).flat(),
	];
}

async function questionProblems(
	platform: Named,
	{ question }: Poll,
	limit: PollLimit,
): Promise<Problem[]> {
	if (!limit.question) return [];
	const rule = 'poll.question';
	if (!question) return [{ rule: `${platform.id}.${rule}`, message: 'The poll has no question' }];
	return await tooLong(platform, ['The question of the poll', question], {
		...limit.question,
		rule,
	});
}

function durationProblems(
	{ id, name }: Named,
	{ minutes: actual }: Poll,
	{ minutes: takes }: PollLimit,
): Problem[] {
	if (!takes) return [];
	const isRange = 'min' in takes;
	const isRight = isRange ? actual >= takes.min && actual <= takes.max : takes.includes(actual);
	const limit = isRange ? `${takes.min} to ${takes.max}` : takes.join(', ');
	const message = `The poll lasts ${actual} minutes, ${name} takes ${limit}`;
	return when(!isRight, { rule: `${id}.poll.duration`, message, limit, actual });
}

async function commentProblems(
	platform: Named,
	{ firstComment = '' }: Post,
	{ unsure, ...limit }: CommentLimit,
): Promise<Problem[]> {
	const rule = 'comment.length';
	const takes = unsure ? 'is said to take' : 'takes';
	const what = ['The first comment', firstComment] as const;
	const found = await tooLong(platform, what, { ...limit, rule, takes });
	return found.map((one) => ({ ...one, ...(unsure && { warning: true as const }) }));
}

async function tooLong(
	{ id, name }: Named,
	[what, text]: readonly [what: string, text: string],
	{
		max,
		unit = 'codePoints',
		rule,
		takes = 'takes',
	}: Partial<CommentLimit> & {
		rule: string;
		takes?: string;
	},
): Promise<Problem[]> {
	if (max === undefined) return [];
	const over = await excess(text, { max, unit });
	return over.map(({ limit, actual }) => ({
		rule: `${id}.${rule}`,
		message: `${what} has ${actual} characters, ${name} ${takes} ${limit}`,
		limit,
		actual,
	}));
}

function when(wrong: unknown, problem: Problem): Problem[] {
	return wrong ? [problem] : [];
}
