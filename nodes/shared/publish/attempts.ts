import type { IExecuteFunctions } from 'n8n-workflow';

import type { Attempt } from '../contract/attempt';
import { refuse } from '../errors/failure';
import { attemptOn, recall, type Identity } from './attempt';
import {
	add,
	digest,
	entriesOf,
	indexOf,
	isNamelessTwin,
	nameOf,
	runOf,
	startOf,
	type Entries,
	type Entry,
	type AttemptId,
} from './entries';
import { hourOf, memoryOf } from './memory';

/** Opens the attempt of a part, with what this or an earlier run has done for it. */
export async function openAttempt(
	fn: IExecuteFunctions,
	place: AttemptId,
	identity: Identity,
): Promise<Attempt> {
	const entries = entriesOf(fn);
	const name = nameOf(fn, place);
	const memory = memoryOf(fn, identity.remember);
	const entry = entries[name] ?? add(entries, name, entryFor(fn, entries, place, identity));
	const start = startOf(fn);
	const isRetry = fn.getMode() === 'retry';
	if (entry.state === 'new' && !entry.isMarked && (identity.key !== undefined || isRetry)) {
		const noted = await memory.look(entry.key);
		// A retry without a working memory has to look on the account.
		await recall(entry, identity, memory, noted === 'lost' && isRetry ? 'begun' : noted);
		// Without a key, only an earlier try of this run can have begun it, and that has ended. With a
		// key, another run may still be working on it.
		entry.isForeign = identity.key !== undefined;
		entry.sentAt = entry.isForeign ? Date.now() : start;
	}
	return attemptOn(entry, place.platform, identity, memory, () => isNamelessTwin(entries, entry));
}

function entryFor(
	fn: IExecuteFunctions,
	entries: Entries,
	{ part, platform }: AttemptId,
	{ account, owner, target, content: post, key: given }: Identity,
): Entry {
	const place = [fn.getWorkflow().id, fn.getNode().id, platform, account, target];
	const content = digest([...place, post, part]);
	const fresh = { owner, content, part: Number(part), at: Date.now(), state: 'new' as const };
	if (given === undefined) {
		const { name, at } = runOf(fn);
		const equal = indexOf(entries).equal.get(content) ?? 0;
		const series = digest(['run', name, ...place, post, equal]);
		return { ...fresh, series, key: digest([series, part]), namedAt: at };
	}
	const series = digest(['key', given, ...place]);
	const key = digest([series, part]);
	const twin = indexOf(entries).byKey.get(key);
	// The same post with the same key: both items share one entry.
	if (twin?.content === content) return twin;
	if (twin && twin.state !== 'new') refuseTwin(platform, given);
	const now = Date.now();
	return { ...fresh, series, key, begunAt: now, namedAt: hourOf(now) };
}

function refuseTwin(platform: string, key: unknown): never {
	return refuse({
		code: 'validation_failed',
		platform,
		rule: `${platform}.post.idempotencyKey`,
		message: `Idempotency Key "${String(key)}" belongs to another post of this run`,
		remediation: 'Use an expression that differs from post to post, such as {{ $json.guid }}.',
	});
}
