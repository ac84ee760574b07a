/** Real time plus an offset that tests set, so that tokens can age without waiting. */
export interface Clock {
	now(): number;
	advance(ms: number): void;
	onAdvance(listener: () => void): void;
	/** Whether answers have a Date header. */
	isShown: boolean;
}

export function movableClock(): Clock {
	let offset = 0;
	const listeners: Array<() => void> = [];
	return {
		now: () => Date.now() + offset,
		advance(ms) {
			offset += ms;
			for (const listener of listeners) listener();
		},
		onAdvance: (listener) => void listeners.push(listener),
		isShown: true,
	};
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
