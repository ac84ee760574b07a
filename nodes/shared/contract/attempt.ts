import type { IDataObject } from 'n8n-workflow';

/**
 * One post, or one part of a thread, in all its repetitions. n8n repeats nodes: Retry On Fail runs
 * all items again, and a user may retry an execution or send the same post in another one. The
 * outcome is therefore stored twice: the result in the node's context, and a mark in the memory,
 * which survives crashes and Stop.
 */
export interface Attempt {
	/** Hex digits, the same in every repetition; adapters make idempotency keys of it. */
	readonly key: string;
	/** The same for all parts of a thread; `part` is the number of this part, from 0. */
	readonly series: string;
	readonly part: number;
	/** The account's ID, unique across servers. */
	readonly owner: string;
	/**
	 * Epoch ms, the same in every repetition: the start of the run, or the hour of the first use of
	 * the user's idempotency key.
	 */
	readonly namedAt: number;
	/** Epoch ms when the node first reached this post in this execution. */
	readonly at: number;
	/** `done` without a result: an earlier run published it, and the result is not stored here. */
	readonly state: 'new' | 'begun' | 'done';
	/** What the adapter noted before the publishing request. */
	readonly checkpoint: IDataObject;
	readonly result?: IDataObject;
	/** Epoch ms: the last known publishing request left no later than this. */
	readonly sentAt?: number;
	/** Epoch ms: no publishing request left before this; undefined if unknown. */
	readonly begunAfter?: number;
	/** An earlier run began it at an unknown time, so `namedAt` proves nothing. */
	readonly isUndated: boolean;
	/** Another run began it after this run looked, so this run must not send it. */
	readonly isTaken: boolean;
	/** Another run began it and may still be working on it. */
	readonly isForeign: boolean;
	/** An equal post of this run was published, and it is unknown which of the two that is. */
	readonly isDoubted: boolean;
	/** This execution has sent a publishing request for it. */
	readonly isSentHere: boolean;
	/** The server still recognizes a repetition of the publishing request. */
	readonly isIdempotent: boolean;
	/** Call before the publishing request; throws if another run has begun the same post. */
	begin(mark?: IDataObject, isIdempotent?: boolean): Promise<void>;
	note(mark: IDataObject): void;
	finish(result: IDataObject): Promise<void>;
	/** Notes that a publishing request got no clear answer. A later refusal does not change that. */
	lose(): void;
	/** Notes that the publishing request was refused. No effect if an earlier one may have worked. */
	refused(): Promise<void>;
	/** Notes that no publishing request for this post had an effect. */
	disprove(): Promise<void>;
	/**
	 * Like `disprove`, for requests of an earlier run. Keeps the mark, because this run sends at
	 * once.
	 */
	takeOver(): void;
	/** Why the memory could not be used; undefined if it works. */
	memoryFailure(): string | undefined;
}
