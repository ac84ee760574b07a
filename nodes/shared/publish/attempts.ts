import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { refuse } from '../failure';
import { attemptOn, recall } from './attempt';
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
	type Place,
} from './entries';
import { hourOf, memoryOf } from './memory';

/**
 * One post or part of a thread on its way out. n8n repeats nodes: Retry On Fail runs all items
 * again, a user may retry an execution or send the same post in another one. What became of the
 * post is therefore kept twice: with its result in the node's context, and as marks in the memory,
 * which outlives crash and Stop.
 */
export interface Attempt {
	/** Hex digits, the same in every repetition: material for idempotency keys. */
	readonly key: string;
	/** The same for all parts of a thread, of which this is the one with the number `part`, from 0. */
	readonly series: string;
	readonly part: number;
	/** The account, told apart from those of other servers too. */
	readonly owner: string;
	/**
	 * Epoch ms, the same in every repetition: when the run began, or the hour in which the user's key
	 * was used first.
	 */
	readonly namedAt: number;
	/** Epoch ms at which the node came to it first in this execution. */
	readonly at: number;
	/** `done` without a result: an earlier run has published it, and its result is not known here. */
	readonly state: 'new' | 'begun' | 'done';
	/** What the adapter noted before the publishing request went out. */
	readonly mark: IDataObject;
	readonly result?: IDataObject;
	/** Epoch ms: no publishing request of it left later, as far as anybody knows. */
	readonly sentAt?: number;
	/** Epoch ms: nothing of it went out earlier; undefined if nobody knows. */
	readonly begunAfter?: number;
	/** An earlier run has begun it, and nobody knows when, so that `namedAt` says nothing. */
	readonly isUndated: boolean;
	/** Another run has begun it since this one looked; it is not for this one to send it. */
	readonly isTaken: boolean;
	/** Another run has begun it, which may be at work still. */
	readonly isForeign: boolean;
	/** An equal post of this run is out, and nothing tells as which one. */
	readonly isDoubted: boolean;
	/** This execution has sent a publishing request of it. */
	readonly isSentHere: boolean;
	/** The server itself recognizes a repeated request of these minutes. */
	readonly isIdempotent: boolean;
	/** To be called before the publishing request; fails if another run has begun the same post. */
	begin(mark?: IDataObject, isIdempotent?: boolean): Promise<void>;
	/** Adds to the mark. */
	note(mark: IDataObject): void;
	finish(result: IDataObject): Promise<void>;
	/** The publishing request got no clear answer: a refusal of a later one does not undo it. */
	lose(): void;
	/** The publishing request was refused. Changes nothing where an earlier one may have worked. */
	refused(): Promise<void>;
	/** It is proved that no publishing request of it has had an effect. */
	disprove(): Promise<void>;
	/** The same of an earlier run's. The mark stays, since the post is sent again at once. */
	takeOver(): void;
	/** Why the memory could not be used, if so. */
	memoryFailure(): string | undefined;
}

/** What makes a post this one and no other, whichever run it goes out in. */
export interface Identity {
	/** ID of the account whose post it is. */
	account: string;
	/** The account, told apart from those of other servers too. */
	owner: string;
	target?: string;
	/** The post as it would go out: text, link, files, options. */
	content: unknown;
	/** The user's own key, in place of the run's name and of the content. */
	key?: string;
	/** How many posts the node shall remember. */
	remember: number;
}

/** The attempt at a place, as far as this execution or an earlier one has come with it. */
export async function openAttempt(
	fn: IExecuteFunctions,
	place: Place,
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
		// A retry that cannot ask the memory looks on the account.
		await recall(entry, identity, memory, noted === 'lost' && isRetry ? 'begun' : noted);
		// An earlier try of this run has ended; whoever has the same key may be at work still.
		entry.isForeign = identity.key !== undefined;
		entry.sentAt = entry.isForeign ? Date.now() : start;
	}
	return attemptOn(entry, place.platform, identity, memory, () => isNamelessTwin(entries, entry));
}

/** For operations that publish nothing. */
export const noAttempt: Attempt = {
	...{ key: '', series: '', part: 0, owner: '', namedAt: 0, at: 0, state: 'new', mark: {} },
	...{ isUndated: false, isTaken: false, isForeign: false, isDoubted: false },
	...{ isSentHere: false, isIdempotent: false },
	begin: async () => {},
	note: () => {},
	finish: async () => {},
	lose: () => {},
	refused: async () => {},
	disprove: async () => {},
	takeOver: () => {},
	memoryFailure: () => undefined,
};

function entryFor(
	fn: IExecuteFunctions,
	entries: Entries,
	{ part, platform }: Place,
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
	// The same post with the same key: whatever is known of the one holds for the other.
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
