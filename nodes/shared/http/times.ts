import { bounds } from '../bounds';

/** Where what a server says is no time. */
const USUAL_INTERVAL_MS = 1000;

/** A time that somebody else named as one that can be waited for: none for what is no time. */
export function waitable(ms: number): number {
	return ms > 0 ? Math.min(ms, bounds.longestTimer.most) : 0;
}

/** The same of a time between two askings. */
export function intervalOf(ms: number): number {
	const told = Number(ms);
	return Number.isNaN(told) ? USUAL_INTERVAL_MS : Math.max(told, 1000 / bounds.askings.most);
}
