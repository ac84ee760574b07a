import type { IExecuteFunctions } from 'n8n-workflow';

import { openSession } from '../connection/session';
import type { Limits } from '../contract/limits';
import type { Problem } from '../contract/problem';
import { failure, type KnownFailure } from '../errors/failure';
import { waitBudget } from '../http/waitBudget';
import { SECOND } from '../units';
import { without } from '../without';
import { apiFor } from './client';
import { sureOf } from './doubt';
import { isBegun } from './entries';
import type { Job, Opened, Part, Prepared } from './job';
import { partsOf } from './parts';
import { postCapOf } from './postCap';
import { unfit } from './unfit';
import { validate } from './validate';

/** A problem; `cause` is set if it is not the post's fault. */
interface Finding {
	problem: Problem;
	cause?: KnownFailure;
}

/** Limits by run and account, because they rarely change during a run. */
const known = new WeakMap<IExecuteFunctions, Map<string, Limits>>();

/** Reads limits and media, makes the parts and collects every problem. Publishes nothing. */
export async function preflight(job: Job): Promise<Prepared> {
	const { input, done = [] } = job;
	const opened = await open(job);
	const parts = await partsOf(opened);
	const found = [
		...(input.problems ?? []).map((problem): Finding => ({ problem })),
		...(await findingsOf(opened, parts)),
		...(await capProblems(opened, parts)),
	];
	const warnings = found.filter(({ problem }) => problem.warning);
	return {
		...opened,
		parts,
		done,
		errors: found.filter(({ problem }) => !problem.warning).map(({ problem }) => problem),
		causes: found.flatMap(({ cause }) => cause ?? []),
		warnings: [
			...opened.warnings,
			...warnings.map(({ problem: { message, rule } }) => `${message} [${rule}]`),
		],
	};
}

/** The failure of a job with errors; undefined if it may be sent. */
export function invalid({ platform, errors, causes }: Prepared): KnownFailure | undefined {
	if (errors.length === 0) return undefined;
	return { ...unfit(platform, errors), ...(causes.length === errors.length && common(causes)) };
}

/** The common code, advice and retry time of several causes; empty if their codes differ. */
function common(causes: KnownFailure[]): Partial<KnownFailure> {
	const [first] = causes;
	if (!first || causes.some((cause) => cause.code !== first.code)) return {};
	const { code, remediation, retryAt } = first;
	const retryable = causes.every((cause) => failure(cause).retryable);
	return { code, remediation, retryable, ...(retryAt && { retryAt }) };
}

/** Opens the session and reads the limits of the account. */
async function open(job: Job): Promise<Opened> {
	const { fn, platform, item, input } = job;
	const opened: Opened = {
		...job,
		session: await openSession(fn, platform, item),
		rateLimits: waitBudget(Number(input.options.rateLimitWait ?? 60) * SECOND),
		limits: platform.limits,
		warnings: [...(input.warnings ?? [])],
	};
	return { ...opened, limits: await limitsFor(opened) };
}

async function limitsFor(opened: Opened): Promise<Limits> {
	const { fn, platform, session, input, dry, pending } = opened;
	if (!platform.limitsOf) return platform.limits;
	const anew = !dry && !pending && platform.limitsAnew?.(input.options);
	const seen = known.get(fn) ?? new Map<string, Limits>();
	known.set(fn, seen);
	const account = `${platform.id}:${session.token().access_token}`;
	const before = anew ? undefined : seen.get(account);
	const limits = before ?? (await platform.limitsOf(apiFor(opened)));
	seen.set(account, limits);
	return limits;
}

/** Problems of the parts. A pending first part is skipped, because the platform already has it. */
async function findingsOf(opened: Opened, parts: Part[]): Promise<Finding[]> {
	const found = await Promise.all(
		parts.map(async (part, index) => {
			if (opened.pending && index === 0) return [];
			const place = parts.length > 1 ? `part ${index + 1}: ` : '';
			return [...unread(opened, part, place), ...(await unfitting(opened, part, place))];
		}),
	);
	return found.flat();
}

/** Problems of files that could not be read. */
function unread({ platform }: Opened, { lost }: Part, place: string): Finding[] {
	return lost.map((cause) => ({
		cause,
		problem: { rule: `${platform.id}.${cause.rule}`, message: place + cause.message },
	}));
}

async function unfitting(
	{ platform, limits, input }: Opened,
	{ post, lost }: Part,
	place: string,
): Promise<Finding[]> {
	const found = await validate(platform, post, limits);
	return found.filter(sureOf(limits, lost, input)).map((problem) => ({
		problem: { ...without(problem, 'lacks'), message: place + problem.message },
	}));
}

/** Checks all parts together, because half a thread is worse than none. */
async function capProblems(opened: Opened, parts: Part[]): Promise<Finding[]> {
	const { fn, platform, item, input, done = [] } = opened;
	const cap = postCapOf(fn, platform, input.options);
	if (cap.surelyFits(parts.length)) return [];
	// Parts published in an earlier try are already counted; the others are checked one by one.
	if (isBegun(fn, { item, platform: platform.id, part: done.length, given: input })) return [];
	const excess = cap.excess(await apiFor(opened).account(), parts.length);
	return excess ? [excess] : [];
}
