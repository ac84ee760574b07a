import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { DAY, SECOND } from '../units';

/** A hundred years; later times may not be valid dates. */
const LONGEST_MS = 100 * 366 * DAY;
/** A larger number is Unix time in milliseconds, not seconds. */
const MOST_SECONDS = 1e11;

const RESETS = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/**
 * Ms until the platform accepts the next request, from Retry-After (RFC 9110: seconds or a date),
 * else from a reset header (Unix seconds or ms, ISO 8601, or the seconds left). `now` in epoch ms.
 */
export function waitAdvised(headers: IDataObject, now: number): number | undefined {
	const after = headers['retry-after'];
	const reset = RESETS.map((name) => headers[name]).find((value) => value !== undefined);
	const wait =
		after === undefined
			? reset !== undefined && untilReset(String(reset), now)
			: retryAfter(String(after), now);
	return typeof wait === 'number' ? Math.min(wait, LONGEST_MS) : undefined;
}

/** The same wait as an ISO 8601 time for a failure; empty if the headers have none. */
export function retryAtOf(headers: IDataObject): { retryAt?: string } {
	const wait = waitAdvised(headers, Date.now());
	return wait === undefined ? {} : { retryAt: new Date(Date.now() + wait).toISOString() };
}

function retryAfter(value: string, now: number) {
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * SECOND;
	return untilTime(DateTime.fromHTTP(value), now);
}

function untilReset(value: string, now: number) {
	if (!/^\d+(\.\d+)?$/.test(value)) return untilTime(DateTime.fromISO(value), now);
	const seconds = Number(value);
	// Less than three years can only be a duration.
	if (seconds < 100_000_000) return seconds * SECOND;
	const at = seconds > MOST_SECONDS ? seconds : seconds * SECOND;
	return Math.max(0, at - now);
}

function untilTime(time: DateTime, now: number) {
	return time.isValid ? Math.max(0, time.toMillis() - now) : undefined;
}
