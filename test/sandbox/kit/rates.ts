import type { Clock } from './clock';

export interface RateLimit {
	limit: number;
	windowMs: number;
}

export interface RateState {
	limit: number;
	remaining: number;
	resetAt: number;
	exceeded: boolean;
}

export interface Rates {
	/** Counts one call and returns the state of the limit. */
	count(key: string, rate: RateLimit): RateState;
	clear(): void;
}

/** Rate limits with fixed windows; each window starts with its first call. */
export function rates(clock: Clock, enforced: boolean): Rates {
	const windows = new Map<string, { used: number; resetAt: number }>();
	return {
		count(key, { limit, windowMs }) {
			let window = windows.get(key);
			if (!window || window.resetAt <= clock.now()) {
				window = { used: 0, resetAt: clock.now() + windowMs };
				windows.set(key, window);
			}
			window.used += 1;
			return {
				limit,
				remaining: Math.max(0, limit - window.used),
				resetAt: window.resetAt,
				exceeded: enforced && window.used > limit,
			};
		},
		clear: () => windows.clear(),
	};
}
