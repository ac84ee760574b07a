import { createHash, randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * n8n repeats nodes: Retry On Fail runs all items again, and a user may retry an execution. What
 * became of each post is therefore kept in the node's context, which lives through both.
 */
export interface Slot {
	/** Random, the same in every repetition: material for idempotency keys. */
	readonly key: string;
	/** Epoch ms of the first attempt, the same in every repetition. */
	readonly at: number;
	readonly state: 'new' | 'started' | 'done';
	/** What the adapter noted before the publishing request went out. */
	readonly mark: IDataObject;
	readonly result?: IDataObject;
	start(mark?: IDataObject): void;
	finish(result: IDataObject): void;
	/** The platform proved that nothing was published. */
	clear(): void;
}

interface Entry extends IDataObject {
	key: string;
	at: number;
	state: Slot['state'];
	mark?: IDataObject;
	result?: IDataObject;
}

export interface Place {
	item: number;
	platform: string;
	/** Part of a thread from 0, or `all` for the whole. */
	part: number | 'all';
	/** The post's content, told apart when an agent calls the node more than once in a run. */
	content: unknown;
}

export function openSlot(fn: IExecuteFunctions, place: Place): Slot {
	const entries = ledgerOf(fn);
	const name = nameOf(fn, place);
	const entry = (entries[name] ??= {
		key: randomBytes(16).toString('hex'),
		at: Date.now(),
		state: 'new',
	});
	return slotOn(entry);
}

/** For operations that publish nothing. */
export function looseSlot(): Slot {
	return slotOn({ key: '', at: Date.now(), state: 'new' });
}

function slotOn(entry: Entry): Slot {
	return {
		key: entry.key,
		at: entry.at,
		get state() {
			return entry.state;
		},
		get mark() {
			return entry.mark ?? {};
		},
		get result() {
			return entry.result;
		},
		start: (mark) => void Object.assign(entry, { state: 'started', ...(mark && { mark }) }),
		finish: (result) => void Object.assign(entry, { state: 'done', result }),
		clear: () => void Object.assign(entry, { state: 'new' }),
	};
}

function ledgerOf(fn: IExecuteFunctions) {
	const context = fn.getContext('node') as { crosspost?: Record<string, Entry> };
	return (context.crosspost ??= {});
}

function nameOf(fn: IExecuteFunctions, { item, platform, part, content }: Place) {
	const run = (fn.getWorkflowDataProxy(item) as { $runIndex?: number }).$runIndex ?? 0;
	const called = fn.isToolExecution() ? `:${digest(content)}` : '';
	return `${run}:${item}:${platform}:${part}${called}`;
}

function digest(content: unknown) {
	return createHash('sha256')
		.update(JSON.stringify(content) ?? '')
		.digest('hex')
		.slice(0, 32);
}
