import { waitable } from './times';

/** Time for waiting, in ms, shared by several requests. */
export interface WaitBudget {
	readonly most: number;
	used: number;
	/** Epoch ms: end of the latest reserved wait. Parallel waits that end before it cost nothing. */
	until: number;
}

/** A budget of at most this many ms. */
export function waitBudget(most: number): WaitBudget {
	return { most: waitable(most), used: 0, until: 0 };
}
