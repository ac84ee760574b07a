import { createHash, randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { claim } from './claims';

/** What the node's context holds of one post; it lives as long as n8n keeps the execution's data. */
export interface Entry extends IDataObject {
	key: string;
	/** See `Attempt.series`. */
	series?: string;
	part?: number;
	owner?: string;
	/** Hash of all that makes the post this one, but for the run: equal posts have it in common. */
	content?: string;
	/** Epoch ms: see `Attempt.namedAt`. */
	namedAt: number;
	/** Epoch ms at which the node came to it first. */
	at: number;
	state: 'new' | 'begun' | 'done';
	mark?: IDataObject;
	result?: IDataObject;
	/** Epoch ms at which it was come to with the user's key, to the minute if by an earlier run. */
	begunAt?: number;
	/** See the fields of `Attempt` with these names. */
	isUndated?: boolean;
	isTaken?: boolean;
	isForeign?: boolean;
	/** The memory holds it as begun, by an earlier run that is proved to have had no effect. */
	isMarked?: boolean;
	/** A publishing request got no clear answer. */
	isLost?: boolean;
	isIdempotent?: boolean;
	/** Epoch ms of the first and the latest publishing request. */
	firstSentAt?: number;
	sentAt?: number;
}

/** Where a post stands in the run. */
export interface AttemptId {
	item: number;
	platform: string;
	/** Part of a thread from 0, or `all` for the whole. */
	part: number | 'all';
	/** The post as given, told apart when an agent calls the node more than once in a run. */
	given: unknown;
}

export type Entries = Record<string, Entry>;

interface Context {
	crosspost?: Entries;
	crosspostRun?: Run;
	crosspostStart?: number;
}

/** Which run this is, through all that n8n does to it. */
interface Run extends IDataObject {
	name: string;
	/** Epoch ms. */
	at: number;
}

export function entriesOf(fn: IExecuteFunctions): Entries {
	const entries = (contextOf(fn).crosspost ??= {});
	claimAll(entries);
	return entries;
}

/** Whether another entry for an equal post is done and has no id. */
export function isNamelessTwin(entries: Entries, entry: Entry): boolean {
	return Object.values(entries).some(
		(one) =>
			one !== entry && one.content === entry.content && one.state === 'done' && !one.result?.id,
	);
}

interface Index {
	/** How many entries have a content. */
	equal: Map<string, number>;
	byKey: Map<string, Entry>;
}

const indexes = new WeakMap<Entries, Index>();

/** Finds entries without going through all of them: a run may have thousands. */
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

/** What the node's context holds of a whole item: its result, once there is one. */
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

/** Whether an earlier try of this execution has come to the place. */
export function isBegun(fn: IExecuteFunctions, place: AttemptId): boolean {
	return (entriesOf(fn)[nameOf(fn, place)]?.state ?? 'new') !== 'new';
}

/**
 * n8n notes when an execution was established before it first stores it, and keeps that through
 * Stop, crash and retries. On an n8n without it the name lives as long as the node's context.
 */
export function runOf(fn: IExecuteFunctions): Run {
	const { establishedAt } = fn.getExecutionContext?.() ?? {};
	if (establishedAt !== undefined) return { name: String(establishedAt), at: establishedAt };
	return (contextOf(fn).crosspostRun ??= {
		name: randomBytes(16).toString('hex'),
		at: Date.now(),
	});
}

/** Epoch ms at which this node came to its first post in this execution. */
export function startOf(fn: IExecuteFunctions): number {
	return (contextOf(fn).crosspostStart ??= Date.now());
}

export function nameOf(fn: IExecuteFunctions, { item, platform, part, given }: AttemptId): string {
	const run = (fn.getWorkflowDataProxy(item) as { $runIndex?: number }).$runIndex ?? 0;
	const called = fn.isToolExecution() ? `:${digest(given)}` : '';
	return `${run}:${item}:${platform}:${part}${called}`;
}

/** 32 hex digits. */
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

/** What the context tells of posts that went out holds in a process that has not seen them, too. */
function claimAll(entries: Entries) {
	if (claimed.has(entries)) return;
	claimed.add(entries);
	for (const { owner, key, result } of Object.values(entries)) {
		if (owner && result?.id) claim({ owner, key }, String(result.id));
	}
}
