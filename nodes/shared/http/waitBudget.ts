import { waitable } from './times';

/** Time for waiting, in ms. */
export interface WaitBudget {
	readonly most: number;
	used: number;
	/** Epoch ms: whoever waits no longer than that waits beside another. */
	until: number;
}

export function waitBudget(most: number): WaitBudget {
	return { most: waitable(most), used: 0, until: 0 };
}
