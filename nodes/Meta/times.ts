import { DateTime } from 'luxon';

import { refuse } from '../shared/errors/failure';

/** The end of a time to look at, in seconds as the Graph wants it; undefined where it is left open. */
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
