import type { IDataObject } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { Api } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import type { Platform } from '../contract/platform';
import type { Post, Published } from '../contract/post';
import { knownOf, refuse, type KnownFailure } from '../errors/failure';
import { findPublished, isPublished, reconcile } from './reconcile';
import { nameless, unclear, unpublished } from './result';

/** One post, or one part of a thread, on one platform. */
export interface PartJob {
	platform: Platform;
	api: Api;
	post: Post;
	attempt: Attempt;
	/** With Resume: state to finish a part that the platform already has. */
	pending?: IDataObject;
}

const BACKOFF_MS = 500;

/**
 * Publishes exactly once. Before each repetition it checks whether the post is already published.
 */
export async function publishPart(job: PartJob): Promise<Published> {
	const earlier = await settleEarlier(job);
	if (earlier) return earlier;
	for (let tries = 1; ; tries++) {
		try {
			return await send(job);
		} catch (error) {
			const failed = knownOf(error, job.platform.id);
			const found = await settleFailed(job, failed, tries);
			if (found) return found;
			await pause(job, failed, BACKOFF_MS * 2 ** (tries - 1));
		}
	}
}

async function send({ platform, api, post, pending }: PartJob): Promise<Published> {
	const result =
		pending && platform.resume
			? await platform.resume(api, pending)
			: await platform.publish(api, post);
	return result.id ? result : refuse(unclear(platform, 'it named no post'));
}

/** Handles a publishing request of an earlier run whose answer is unknown. */
async function settleEarlier(job: PartJob): Promise<Published | undefined> {
	const { platform, attempt } = job;
	if (attempt.state === 'new') return undefined;
	if (attempt.state === 'done') return (await findPublished(job)) ?? nameless(platform);
	const outcome = await reconcile(job, 'thorough');
	if (isPublished(outcome)) return outcome;
	if (outcome === 'unknown') return refuse(unclear(platform, 'that was in an earlier run'));
	attempt.takeOver();
	return undefined;
}

/** The post if it was published despite the failure; undefined if it may be sent again. */
async function settleFailed(
	job: PartJob,
	failed: KnownFailure,
	tries: number,
): Promise<Published | undefined> {
	const { platform, attempt } = job;
	if (attempt.state === 'new') return await refuseSurely(job, failed);
	if (attempt.state === 'done') return (await findPublished(job)) ?? nameless(platform);
	if (attempt.isTaken) return await publishedByOther(job, failed);
	const mayRepeat =
		attempt.isIdempotent && failed.code === 'outcome_unknown' && tries < bounds.tries.most;
	const outcome = await reconcile(job, mayRepeat ? 'once' : 'thorough');
	if (isPublished(outcome)) return outcome;
	if (mayRepeat) return undefined;
	if (outcome === 'unknown') {
		// No later failure proves that the publishing request did not work.
		return refuse(failed.code === 'outcome_unknown' ? failed : unclear(platform, failed.message));
	}
	await attempt.disprove();
	return refuse(failed.code === 'outcome_unknown' ? unpublished(failed, job.post) : failed);
}

/** Another run has begun the post, so this run neither sends it nor removes its mark. */
async function publishedByOther(job: PartJob, failed: KnownFailure): Promise<Published> {
	const outcome = await reconcile(job, 'some');
	return isPublished(outcome) ? outcome : refuse(failed);
}

/**
 * Throws a failure that published nothing. For a duplicate, adds the ID of the existing post if it
 * is found.
 */
async function refuseSurely(job: PartJob, failed: KnownFailure): Promise<never> {
	if (failed.code !== 'duplicate') return refuse(failed);
	const found = await reconcile(job, 'once');
	return refuse({ ...failed, ...(isPublished(found) && found.id && { existingId: found.id }) });
}

async function pause({ api, platform }: PartJob, failed: KnownFailure, ms: number) {
	try {
		await api.wait(ms);
	} catch {
		// The run has ended while the outcome is still unknown.
		refuse(unclear(platform, failed.message));
	}
}
