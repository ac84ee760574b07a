import type { Times } from '../contract/api';
import type { Stop } from './stop';
import { intervalOf, waitable } from './times';

/**
 * Calls `check` until it returns a value or the time is over, at least once. Times from servers and
 * users are limited, so that waits end and pauses are long enough.
 */
export async function until<T>(
	stop: Stop,
	check: () => Promise<T | undefined>,
	{ every, atMost }: Times,
): Promise<T | undefined> {
	const end = Date.now() + waitable(atMost);
	for (let asked = 0; ; asked++) {
		const found = await check();
		const wanted = typeof every === 'function' ? every() : every * Math.min(1.5 ** asked, 10);
		const pause = intervalOf(wanted);
		if (found !== undefined || Date.now() + pause > end) return found;
		await stop.wait(pause);
	}
}
