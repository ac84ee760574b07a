import type { IDataObject } from 'n8n-workflow';

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
	readonly checkpoint: IDataObject;
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
