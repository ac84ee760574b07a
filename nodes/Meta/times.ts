import { DateTime } from 'luxon';

import { refuse } from '../shared/errors/failure';

/** Unix seconds of an ISO 8601 time; undefined if it is empty. */
export function unixOf(platform: string, field: string, given: unknown): number | undefined {
	if (!given) return undefined;
	const time = DateTime.fromISO(String(given));
	if (time.isValid) return Math.floor(time.toSeconds());
	return refuse({
		code: 'validation_failed',
		platform,
		rule: `${platform}.insights.time`,
		message: `${field}: "${String(given)}" is not a time in ISO 8601`,
	});
}
