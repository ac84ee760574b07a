import type { IExecuteFunctions } from 'n8n-workflow';

import type { Attempt } from '../contract/attempt';
import type { Failure } from '../contract/failure';
import type { Account, Published } from '../contract/post';
import type { Session } from '../contract/session';
import { optionsOf } from '../editor/describe';
import { failure } from '../errors/failure';
import { openAttempt } from './attempts';
import { recordOf } from './entries';
import type { Prepared } from './job';
import type { PostInput } from './postInput';
import { composed } from './validate';

const REMEMBERED_POSTS = 5000;
/** Most items named in a message. */
const TOLD = 3;

/** Options about how to publish, which do not identify a post. */
const CONDUCT: ReadonlySet<string> = new Set([
	...['idempotencyKey', 'remember', 'processingWait', 'rateLimitWait', 'cap'],
	...['longText', 'numbering'],
]);

/** The attempt at the next part of a job. */
export async function attemptAt(
	job: Prepared,
	out: readonly Published[],
	account: Account,
): Promise<Attempt> {
	const { fn, item, platform, input, session } = job;
	const { remember = REMEMBERED_POSTS } = input.options;
	return await openAttempt(
		fn,
		{ item, platform: platform.id, part: out.length, given: input },
		{
			account: account.id,
			owner: `${serverOf(session)} ${account.id}`,
			target: input.target,
			content: contentOf(job),
			key: keyOf(input),
			remember: Number(remember),
		},
	);
}

/** The address as it was typed; where it is the secret itself, its server alone. */
function serverOf({ credential, authMethod: { host, secrets } }: Session): string {
	const typed = String(credential[host]);
	if (!secrets.includes(host)) return typed;
	return URL.canParse(typed) ? new URL(typed).origin : '';
}

/** What became of the whole item before, in this execution. */
export function recordFor({
	fn,
	item,
	platform,
	input,
}: Pick<Prepared, 'fn' | 'item' | 'platform' | 'input'>) {
	return recordOf(fn, { item, platform: platform.id, given: input });
}

/** The user's idempotency key for a post. */
export function keyOf({ options: { idempotencyKey } }: Pick<PostInput, 'options'>) {
	return isKey(idempotencyKey) ? String(idempotencyKey).trim() : undefined;
}

/**
 * The content of a post for its identity. Files are identified by their first bytes and size,
 * because n8n gives them new IDs in every run. Options count, except times, which are often
 * relative to now.
 */
function contentOf({ platform, parts, input, pending }: Prepared): unknown {
	const times = optionsOf(platform)
		.filter(({ type }) => type === 'dateTime')
		.map(({ name }) => name);
	const options = Object.entries(input.options).filter(
		([name]) => !CONDUCT.has(name) && !times.includes(name),
	);
	const posts = parts.map(({ post }) => [
		composed(platform, post),
		post.link,
		post.media.map(({ digest, bytes, alt }) => [digest, bytes, alt]),
	]);
	return [posts, options.sort(([a], [b]) => (a < b ? -1 : 1)), pending];
}

/**
 * Checks the idempotency keys of all items before anything is sent. A key must be a non-empty text
 * or number, and unique among the items.
 */
export function keyProblems(fn: IExecuteFunctions, platform: string): Map<number, Failure> {
	const { options } = fn.getNode().parameters as { options?: { idempotencyKey?: unknown } };
	const problems = new Map<number, Failure>();
	if (options?.idempotencyKey === undefined) return problems;
	const keys = [...fn.getInputData().keys()].map((item) => given(fn, item));
	const places = new Map<string, number[]>();
	for (const [item, key = ''] of keys.entries()) {
		const same = places.get(key) ?? [];
		same.push(item);
		places.set(key, same);
	}
	for (const [item, key] of keys.entries()) {
		if (key === undefined) continue;
		const others = places.get(key) ?? [];
		if (key === '') problems.set(item, emptyKey(platform, item));
		else if (others.length > 1) problems.set(item, sameKey(platform, item, key, others));
	}
	return problems;
}

/** The item's key: empty if missing or invalid, undefined if the item needs none. */
function given(fn: IExecuteFunctions, item: number): string | undefined {
	try {
		const get = (name: string) => fn.getNodeParameter(name, item, undefined) as unknown;
		if (get('resource') !== 'post' || get('operation') !== 'publish') return undefined;
		const { idempotencyKey: key } = (get('options') ?? {}) as { idempotencyKey?: unknown };
		return isKey(key) ? String(key).trim() : '';
	} catch {
		// A failing expression is reported when its item is processed.
		return undefined;
	}
}

/** Rejects unevaluated expressions, which would be equal for all items, and numbers such as NaN. */
function isKey(value: unknown): value is string | number {
	if (typeof value === 'number') return Number.isFinite(value);
	return typeof value === 'string' && value.trim() !== '' && !value.includes('{{');
}

function emptyKey(platform: string, item: number): Failure {
	return failure({
		code: 'validation_failed',
		platform,
		rule: `${platform}.post.idempotencyKey`,
		message: `Idempotency Key of item ${item + 1} is empty or no text`,
		remediation: 'Give each post a key of its own, such as {{ $json.guid }}, or remove the option.',
	});
}

/** `all`: indexes of the items with this key; the message names some of them. */
function sameKey(platform: string, item: number, key: string, all: number[]): Failure {
	const others = all.slice(0, TOLD + 1).filter((one) => one !== item);
	const names = others.slice(0, TOLD).map((one) => one + 1);
	const more = all.length - 1 - names.length;
	const told = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return failure({
		code: 'validation_failed',
		platform,
		rule: `${platform}.post.idempotencyKey`,
		message: `Item ${item + 1} has the same Idempotency Key "${key}" as item ${told}`,
		remediation: 'Use an expression that differs from post to post, such as {{ $json.guid }}.',
	});
}
