import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

const RESETS = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/**
 * Ms until the platform wants to be asked again, from the headers in use: Retry-After (RFC 9110,
 * seconds or a date), else a reset time (unix seconds, ISO 8601, or the seconds left).
 */
export function waitAdvised(headers: IDataObject, now: number): number | undefined {
	const after = headers['retry-after'];
	if (after !== undefined) return retryAfter(String(after), now);
	const reset = RESETS.map((name) => headers[name]).find((value) => value !== undefined);
	return reset === undefined ? undefined : untilReset(String(reset), now);
}

/** The same as a point in time, for a failure. */
export function retryAtOf(headers: IDataObject): { retryAt?: string } {
	const wait = waitAdvised(headers, Date.now());
	return wait === undefined ? {} : { retryAt: new Date(Date.now() + wait).toISOString() };
}

function retryAfter(value: string, now: number) {
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
	return untilTime(DateTime.fromHTTP(value), now);
}

function untilReset(value: string, now: number) {
	if (!/^\d+(\.\d+)?$/.test(value)) return untilTime(DateTime.fromISO(value), now);
	const seconds = Number(value);
	// Less than three years can only be a span.
	return seconds < 100_000_000 ? seconds * 1000 : untilTime(DateTime.fromSeconds(seconds), now);
}

function untilTime(time: DateTime, now: number) {
	return time.isValid ? Math.max(0, time.toMillis() - now) : undefined;
}
