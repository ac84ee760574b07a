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
import type { Opened } from './job';

/** The platform, as one job may use it. */
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
		processingWaitMs: waitable(Number(processingWait) * 1000),
		web: webFor(fn, platform, session),
	});
}

/**
 * The web, as one job may see it. n8n's list of allowed inner addresses is for what the user names,
 * not for what pages name: a page inside of the network may have its picture on its own host.
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
