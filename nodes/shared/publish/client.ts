import type { IExecuteFunctions } from 'n8n-workflow';

import { apiOf, unrecorded } from '../connection/client';
import type { Api } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import type { MayBeInner } from '../http/egress';
import { stopOf } from '../http/stop';
import { waitable } from '../http/times';
import { secretsCarried } from '../errors/carried';
import { readCard } from '../media/linkCard';
import { loadFile } from '../media/load';
import { SECOND } from '../units';
import type { Opened } from './job';

/** The API for one job. */
export function apiFor(job: Opened, attempt: Attempt = unrecorded): Api {
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
		processingWaitMs: waitable(Number(processingWait) * SECOND),
		web: webFor(fn, platform, session),
	});
}

/**
 * Web access for one job. n8n's allowed private addresses apply to URLs from the user, not to URLs
 * found in pages. A page in the private network may take its picture from its own host only.
 */
function webFor(
	fn: IExecuteFunctions,
	{ id }: Platform,
	session: Session,
): Pick<Api, 'card' | 'fetchMedia'> {
	const named = new Map<string, MayBeInner>();
	return {
		card: async (url) => {
			const card = await readCard(fn, url);
			if (card?.image) named.set(card.image, (host) => host === card.innerHost);
			return card;
		},
		fetchMedia: async (url, atMost) => {
			session.addSecrets(secretsCarried(url));
			const mayBeInner = named.get(url);
			return await loadFile(fn, url, { bytes: true, atMost, platform: id, mayBeInner });
		},
	};
}
