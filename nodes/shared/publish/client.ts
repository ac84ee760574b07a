import { apiOf, unrecorded } from '../connection/client';
import type { Api } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import { stopOf } from '../http/stop';
import { waitable } from '../http/times';
import { readCard } from '../media/linkCard';
import { loadFile } from '../media/load';
import type { Prepared } from './job';

/** The platform, as one job may use it. */
export function apiFor(job: Prepared, attempt: Attempt = unrecorded): Api {
	const { fn, platform, session, limits, warnings, rateLimits } = job;
	const { processingWait = 300 } = job.input.options;
	return apiOf({
		platform,
		session,
		limits,
		attempt,
		stop: stopOf(fn, platform.id),
		warnings,
		rateLimits,
		processingWaitMs: waitable(Number(processingWait) * 1000),
		web: {
			card: async (url) => await readCard(fn, url),
			fetchMedia: async (url, atMost) =>
				await loadFile(fn, url, { bytes: true, atMost, platform: platform.id }),
		},
	});
}
