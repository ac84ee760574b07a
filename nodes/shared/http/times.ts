import { bounds } from '../bounds';
import { SECOND } from '../units';

/** Used if a server's value is not a number. */
const USUAL_INTERVAL_MS = SECOND;

/**
 * Limits a time in ms from outside to what a timer supports; 0 if it is negative or not a number.
 */
export function waitable(ms: number): number {
	return ms > 0 ? Math.min(ms, bounds.longestTimer.most) : 0;
}

/** Limits an interval in ms from outside, so that a server is not asked too often. */
export function intervalOf(ms: number): number {
	const told = Number(ms);
	return Number.isNaN(told) ? USUAL_INTERVAL_MS : Math.max(told, SECOND / bounds.askings.most);
}
