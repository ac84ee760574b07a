import type { ByteStream } from '../contract/media';
import { rethrow } from '../errors/failure';
import { waitable } from './times';

/** Aborts an answer that stalls or takes too long while its body is read. */
export interface Watch {
	readonly signal: AbortSignal;
	/** Whether this watch aborted it. */
	isLate(): boolean;
	/** Limits the remaining time to this many ms. */
	allow(ms: number): void;
	/** Notes progress and restarts the idle time. */
	moved(): void;
	/** The pieces of the body. Calls `onLate`, which must throw, if this watch aborted it. */
	pieces(bytes: ByteStream, onLate: () => never): AsyncGenerator<Buffer>;
	/** Ends the watch. */
	over(): void;
}

/**
 * `idle`: ms without a byte before the abort; it may take up to twice as long. The `timeout` of
 * n8n's helper ends neither an answer that has begun nor a slow one.
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
		// A slow consumer is not a stalled answer.
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
		// This closure keeps the sources alive: on Node.js 20 a combined signal does not.
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
