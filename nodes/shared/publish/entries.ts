import { createHash, randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { claim } from './claims';

/** Data about one post in the node's context. n8n keeps it as long as the execution's data. */
export interface Entry extends IDataObject {
	key: string;
	/** See `Attempt.series`. */
	series?: string;
	part?: number;
	owner?: string;
	/** Hash of everything that identifies the post, except the run; equal posts share it. */
	content?: string;
	/** See `Attempt.namedAt`. */
	namedAt: number;
	/** See `Attempt.at`. */
	at: number;
	state: 'new' | 'begun' | 'done';
	mark?: IDataObject;
	result?: IDataObject;
	/**
	 * Epoch ms of the first use of the user's key, rounded to a minute if that was in an earlier run.
	 */
	begunAt?: number;
	/** See the properties of `Attempt`. */
	isUndated?: boolean;
	isTaken?: boolean;
	isForeign?: boolean;
	/** The memory has it as begun by an earlier run, which is proved to have had no effect. */
	isMarked?: boolean;
	/** A publishing request got no clear answer. */
	isLost?: boolean;
	isIdempotent?: boolean;
	/** Epoch ms of the first and the latest publishing request. */
	firstSentAt?: number;
	sentAt?: number;
}

/** Position of a post in the run. */
export interface AttemptId {
	item: number;
	platform: string;
	/** Number of the part, from 0; `all` for the whole item. */
	part: number | 'all';
	/** The post as given. It separates several calls by an agent for the same item. */
	given: unknown;
}

export type Entries = Record<string, Entry>;

interface Context {
	crosspost?: Entries;
	crosspostRun?: Run;
	crosspostStart?: number;
}

/** Identity of the run; the same in every repetition by n8n. */
interface Run extends IDataObject {
	name: string;
	/** Epoch ms. */
	at: number;
}

/** The entries in the node's context, by `nameOf`. */
export function entriesOf(fn: IExecuteFunctions): Entries {
	const entries = (contextOf(fn).crosspost ??= {});
	claimAll(entries);
	return entries;
}

/** Whether another entry with equal content is done and has no post ID. */
export function isNamelessTwin(entries: Entries, entry: Entry): boolean {
	return Object.values(entries).some(
		(one) =>
			one !== entry && one.content === entry.content && one.state === 'done' && !one.result?.id,
	);
}

interface Index {
	/** Number of entries per content. */
	equal: Map<string, number>;
	byKey: Map<string, Entry>;
}

const indexes = new WeakMap<Entries, Index>();

/** Index of the entries, because a run may have thousands. */
export function indexOf(entries: Entries): Index {
	const known = indexes.get(entries);
	if (known) return known;
	const index: Index = { equal: new Map(), byKey: new Map() };
	indexes.set(entries, index);
	for (const entry of Object.values(entries)) list(index, entry);
	return index;
}

export function add(entries: Entries, name: string, entry: Entry): Entry {
	list(indexOf(entries), entry);
	return (entries[name] = entry);
}

function list({ equal, byKey }: Index, entry: Entry) {
	const { content = '', key } = entry;
	equal.set(content, (equal.get(content) ?? 0) + 1);
	byKey.set(key, entry);
}

/** The result of a whole item in the node's context, and a function to store it. */
export function recordOf(fn: IExecuteFunctions, place: Omit<AttemptId, 'part'>) {
	const entries = entriesOf(fn);
	const name = nameOf(fn, { ...place, part: 'all' });
	return {
		result: entries[name]?.result,
		keep: (result: IDataObject) => {
			const now = Date.now();
			entries[name] = { key: '', namedAt: now, at: now, state: 'done', result };
		},
	};
}

/** Whether this execution has begun the post. */
export function isBegun(fn: IExecuteFunctions, place: AttemptId): boolean {
	return (entriesOf(fn)[nameOf(fn, place)]?.state ?? 'new') !== 'new';
}

/**
 * Identifies the run by the time n8n established the execution. n8n keeps that time through Stop,
 * crashes and retries. Without it, the identity lasts as long as the node's context.
 */
export function runOf(fn: IExecuteFunctions): Run {
	const { establishedAt } = fn.getExecutionContext?.() ?? {};
	if (establishedAt !== undefined) return { name: String(establishedAt), at: establishedAt };
	return (contextOf(fn).crosspostRun ??= {
		name: randomBytes(16).toString('hex'),
		at: Date.now(),
	});
}

/** Epoch ms of the first post of this node in this execution. */
export function startOf(fn: IExecuteFunctions): number {
	return (contextOf(fn).crosspostStart ??= Date.now());
}

/** Name of an entry, unique within the execution. */
export function nameOf(fn: IExecuteFunctions, { item, platform, part, given }: AttemptId): string {
	const run = (fn.getWorkflowDataProxy(item) as { $runIndex?: number }).$runIndex ?? 0;
	const called = fn.isToolExecution() ? `:${digest(given)}` : '';
	return `${run}:${item}:${platform}:${part}${called}`;
}

/** 32 hex digits of SHA-256. */
export function digest(content: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(content) ?? '')
		.digest('hex')
		.slice(0, 32);
}

function contextOf(fn: IExecuteFunctions) {
	return fn.getContext('node') as Context;
}

const claimed = new WeakSet<Entries>();

/** Claims the published posts in the context, because this process may not know them. */
function claimAll(entries: Entries) {
	if (claimed.has(entries)) return;
	claimed.add(entries);
	for (const { owner, key, result } of Object.values(entries)) {
		if (owner && result?.id) claim({ owner, key }, String(result.id));
	}
}
