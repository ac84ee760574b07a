import type { ByteStream } from '../contract/media';
import { rethrow } from '../errors/failure';
import { waitable } from './times';

/** Ends an answer that is read piece by piece where it stands still or takes too long. */
export interface Watch {
	readonly signal: AbortSignal;
	/** Whether the watch has ended it. */
	isLate(): boolean;
	/** All of it may take so many ms from now on. */
	allow(ms: number): void;
	/** Something came: the time for standing still begins anew. */
	moved(): void;
	/** The pieces of the answer; `onLate`, which has to throw, is called where the watch ended it. */
	pieces(bytes: ByteStream, onLate: () => never): AsyncGenerator<Buffer>;
	/** Nothing more is read. */
	over(): void;
}

/**
 * `idle`: ms without a byte, of which there are up to twice as many before it is noticed. The
 * `timeout` of n8n's helper ends neither an answer that has begun nor one that drips.
 */
export function watch(parent: AbortSignal | undefined, idle: number): Watch {
	const end = new AbortController();
	let moves = 0;
	let isBusy = false;
	let isLate = false;
	let isOver = false;
	const giveUp = () => {
		if (isOver) return;
		isLate = true;
		end.abort();
	};
	const look = (seen: number) => {
		if (isOver || isLate) return;
		// Whoever takes the pieces may need time, too.
		if (moves === seen && !isBusy) giveUp();
		else lookAgain();
	};
	const lookAgain = () => {
		const seen = moves;
		after(idle, () => look(seen));
	};
	lookAgain();
	const over = () => void (isOver = true);
	return {
		// Held by this closure: on Node.js 20 a signal made of others does not keep them.
		signal: parent ? AbortSignal.any([parent, end.signal]) : end.signal,
		isLate: () => isLate,
		allow: (ms) => after(ms, giveUp),
		moved: () => void moves++,
		over,
		async *pieces(bytes, onLate) {
			try {
				for await (const piece of bytes) {
					moves++;
					isBusy = true;
					yield piece;
					isBusy = false;
				}
			} catch (error) {
				if (isLate) onLate();
				return rethrow(error);
			} finally {
				over();
			}
		},
	};
}

function after(ms: number, step: () => void) {
	AbortSignal.timeout(Math.ceil(waitable(ms))).addEventListener('abort', step, { once: true });
}
