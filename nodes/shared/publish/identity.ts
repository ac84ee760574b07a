import type { IExecuteFunctions } from 'n8n-workflow';

import type { Attempt } from '../contract/attempt';
import type { Failure } from '../contract/failure';
import type { Account, Published } from '../contract/post';
import { optionsOf } from '../editor/describe';
import { failure } from '../errors/failure';
import { openAttempt } from './attempts';
import { recordOf } from './entries';
import type { Prepared } from './job';
import type { PostInput } from './postInput';
import { composed } from './validate';

const REMEMBERED_POSTS = 5000;
/** How many items are named that have the same key. */
const TOLD = 3;

/** Options that say how to publish, not what. */
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
			owner: `${String(session.credential[session.authMethod.host])} ${account.id}`,
			target: input.target,
			content: contentOf(job),
			key: keyOf(input),
			remember: Number(remember),
		},
	);
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

/** The user's own name for a post. */
export function keyOf({ options: { idempotencyKey } }: Pick<PostInput, 'options'>) {
	return isKey(idempotencyKey) ? String(idempotencyKey).trim() : undefined;
}

/**
 * The post as it would go out. Files are known by their first bytes and their size, since n8n names
 * them anew in every run. Options count too, but not times: these are often made from the present.
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
 * Items whose Idempotency Key cannot stand for one post: it is empty or no text, or another item has
 * it too. To be asked before anything is sent.
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

/** The key of an item, empty if there should be one; undefined where none is asked for. */
function given(fn: IExecuteFunctions, item: number): string | undefined {
	try {
		const get = (name: string) => fn.getNodeParameter(name, item, undefined) as unknown;
		if (get('resource') !== 'post' || get('operation') !== 'publish') return undefined;
		const { idempotencyKey: key } = (get('options') ?? {}) as { idempotencyKey?: unknown };
		return isKey(key) ? String(key).trim() : '';
	} catch {
		// An expression that fails is told when it is this item's turn.
		return undefined;
	}
}

/** An expression that was not evaluated would be the same for all, as would what is no number. */
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

/** `all`: where the key stands, of which a few are told. */
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
