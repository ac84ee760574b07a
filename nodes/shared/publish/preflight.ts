import type { IExecuteFunctions } from 'n8n-workflow';

import { openSession } from '../connection/session';
import type { Failure } from '../contract/failure';
import type { Limits } from '../contract/limits';
import type { Media } from '../contract/media';
import type { Platform } from '../contract/platform';
import type { Problem } from '../contract/problem';
import type { Session } from '../contract/session';
import { secretsCarried } from '../errors/carried';
import { waitBudget } from '../http/waitBudget';
import { loadMedia } from '../media/load';
import { split } from '../text';
import { hasLink } from '../text/link';
import { without } from '../without';
import { apiFor } from './client';
import { sureOf } from './doubt';
import { isBegun } from './entries';
import type { Job, Part, Prepared } from './job';
import { postCapOf } from './postCap';
import type { PartInput } from './postInput';
import { unfit } from './unfit';
import { composed, validate, textRuleOf } from './validate';

/** Limits of accounts by run: most do not change while a node works through its items. */
const known = new WeakMap<IExecuteFunctions, Map<string, Limits>>();

/** Reads media and limits, makes the parts of a thread and lists every problem; sends nothing. */
export async function preflight(job: Job): Promise<Prepared> {
	const session = await openSession(job.fn, job.platform, job.item);
	const { platform, input, done = [] } = job;
	const found = { errors: [...(input.problems ?? [])], warnings: [...(input.warnings ?? [])] };
	const blank = { parts: [], causes: [], ...found, done, limits: platform.limits };
	const rateLimits = waitBudget(Number(input.options.rateLimitWait ?? 60) * 1000);
	const draft: Prepared = { ...job, session, rateLimits, ...blank };
	const limits = await limitsFor(draft);
	draft.limits = limits;
	for (const [index, part] of [input, ...input.thread].entries()) {
		const shared = index === 0 ? job.media : undefined;
		const { media: files, lost } = await (shared?.(limits) ?? mediaOf(job, part, limits));
		const media = files.map((file) => toldBy(session, file));
		const { options, target } = input;
		const post = { ...partOf(part), media, options, ...(target && { target }) };
		const whole = { input: part, post, lost };
		draft.parts.push(...(await splitPart(platform, whole, limits)));
	}
	number(draft);
	await collectProblems(draft);
	await checkCap(draft);
	return draft;
}

/** What must be known of media so that platforms with these limits can take them. */
export function mediaNeed(platform: string, limits: readonly Limits[]) {
	const all = limits.flatMap(({ media }) => Object.values(media));
	return {
		bytes: all.some(({ from }) => from === 'bytes'),
		atMost: Math.max(0, ...all.map(({ bytes }) => bytes)),
		platform,
	};
}

/** The failure of a job that must not be sent; undefined if it may. */
export function invalid({ platform, errors, causes }: Prepared): Failure | undefined {
	if (errors.length === 0) return undefined;
	return { ...unfit(platform, errors), ...(causes.length === errors.length && common(causes)) };
}

/** What a failure is called of which all these are causes; nothing if they have no one name. */
function common(causes: Failure[]): Partial<Failure> {
	const [first] = causes;
	if (!first || causes.some((cause) => cause.code !== first.code)) return {};
	const { code, remediation, retryAt } = first;
	const retryable = causes.every((cause) => cause.retryable);
	return { code, remediation, retryable, ...(retryAt && { retryAt }) };
}

async function limitsFor(draft: Prepared): Promise<Limits> {
	const { fn, platform, session, input, dry, pending } = draft;
	if (!platform.limitsOf) return platform.limits;
	const anew = !dry && !pending && platform.limitsAnew?.(input.options);
	const seen = known.get(fn) ?? new Map<string, Limits>();
	known.set(fn, seen);
	const account = `${platform.id}:${session.token().access_token}`;
	const before = anew ? undefined : seen.get(account);
	const limits = before ?? (await platform.limitsOf(apiFor(draft)));
	seen.set(account, limits);
	return limits;
}

async function mediaOf({ fn, item, platform }: Job, part: PartInput, limits: Limits) {
	return await loadMedia(fn, item, part.media, mediaNeed(platform.id, [limits]));
}

/** Who asks for a file's address sends it, and it may come back in an answer. */
function toldBy({ addSecrets }: Session, file: Media): Media {
	const publicUrl = () => {
		const url = file.publicUrl();
		addSecrets(secretsCarried(url ?? ''));
		return url;
	};
	return { ...file, publicUrl };
}

function partOf({ text, link }: PartInput) {
	return { text, ...(link && { link }) };
}

/** With the option for it, a part that is too long becomes several. */
async function splitPart(platform: Platform, part: Part, limits: Limits): Promise<Part[]> {
	const { options } = part.post;
	if (options.longText !== 'thread' || !platform.threads) return [part];
	const text = composed(platform, part.post);
	const rule = await textRuleOf(platform, part.post, limits);
	const done = await split(text, rule, { numbering: options.numbering !== false });
	if (!('parts' in done) || done.parts.length < 2) return [part];
	const { link } = part.post;
	// A link that is shown beside the text is not among its pieces.
	const first = link && !hasLink(text, link) ? { link } : {};
	return done.parts.map((piece, index) => ({
		input: { text: piece, media: index === 0 ? part.input.media : [], ...(index === 0 && first) },
		post: {
			...without(part.post, 'link'),
			text: piece,
			media: index === 0 ? part.post.media : [],
			...(index === 0 && first),
		},
		lost: index === 0 ? part.lost : [],
	}));
}

function number({ parts, done }: Prepared) {
	const of = done.length + parts.length;
	if (of < 2) return;
	for (const [index, { post }] of parts.entries()) post.thread = { part: done.length + index, of };
}

async function collectProblems(draft: Prepared) {
	const { platform, input, limits, parts, pending, errors, warnings } = draft;
	for (const [index, { post, lost }] of parts.entries()) {
		if (pending && index === 0) continue;
		const place = parts.length > 1 ? `part ${index + 1}: ` : '';
		for (const cause of lost) {
			const rule = `${platform.id}.${cause.rule}`;
			blame(draft, cause, { rule, message: place + cause.message });
		}
		const found = await validate(platform, post, limits);
		for (const problem of found.filter(sureOf(limits, lost, input))) {
			const message = place + problem.message;
			if (problem.warning) warnings.push(`${message} [${problem.rule}]`);
			else errors.push({ ...without(problem, 'warning', 'lacks'), message });
		}
	}
}

/** All parts at once: half a thread is worse than none. */
async function checkCap(draft: Prepared) {
	const { fn, platform, item, input, parts, done } = draft;
	const cap = postCapOf(fn, platform, input.options);
	if (cap.surelyFits(parts.length)) return;
	// What went out in an earlier try is counted already; the rest is checked part by part.
	if (isBegun(fn, { item, platform: platform.id, part: done.length, given: input })) return;
	const excess = cap.excess(await apiFor(draft).account(), parts.length);
	if (excess) blame(draft, excess.cause, excess.problem);
}

function blame({ causes, errors }: Prepared, cause: Failure, problem: Problem) {
	causes.push(cause);
	errors.push(problem);
}
