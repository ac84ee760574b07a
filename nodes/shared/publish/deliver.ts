import type { IDataObject } from 'n8n-workflow';

import { withoutEchoes } from '../connection/session';
import type { Attempt } from '../contract/attempt';
import type { Platform } from '../contract/platform';
import type { Account, Post, Published } from '../contract/post';
import { naming, refuse, knownOf } from '../errors/failure';
import { stopOf } from '../http/stop';
import { apiFor } from './client';
import { attemptAt, keyOf, recordFor } from './identity';
import type { Part, Prepared } from './job';
import { postCapOf } from './postCap';
import { invalid } from './preflight';
import { publishPart } from './publishPart';
import { partialFailure, resultOf, resumeState } from './result';

/** The item's result from an earlier try of this execution. */
export function recorded(job: Pick<Prepared, 'fn' | 'item' | 'platform' | 'input'>) {
	return recordFor(job).result;
}

/** Publishes all parts in order and returns the item's result. */
export async function deliver(job: Prepared): Promise<IDataObject> {
	const failed = invalid(job);
	// A failed thread can be resumed later, unless the post itself has to be changed.
	if (failed)
		return refuse(
			job.done.length === 0 || failed.code === 'validation_failed'
				? failed
				: partialFailure(job, failed, 0, job.done),
		);
	const account = await apiFor(job).account();
	const out = [...job.done];
	for (const [index, part] of job.parts.entries()) {
		const result = await deliverPart(job, [index, part], out, account);
		out.push(result);
		if (result.status === 'processing') {
			return record(
				job,
				resultOf(job, account, out, resumeState(job, index, out.slice(0, -1), result.resume)),
			);
		}
	}
	return record(job, resultOf(job, account, out));
}

async function deliverPart(
	job: Prepared,
	[index, part]: [number, Part],
	out: Published[],
	account: Account,
) {
	const { fn, platform, input } = job;
	const cap = postCapOf(fn, platform, input.options);
	try {
		stopOf(fn, platform.id).check();
		const attempt = await attemptAt(job, out, account);
		if (attempt.state === 'done' && attempt.result) return attempt.result as unknown as Published;
		const excess = attempt.state === 'new' ? cap.excess(account, 1) : undefined;
		if (excess) return refuse(excess.cause);
		const post = { ...part.post, ...hangsOn(platform, out) };
		const pending = index === 0 ? job.pending : undefined;
		const api = apiFor(job, attempt);
		const result = await publishPart({ platform, api, post, attempt, pending });
		if (result.status !== 'processing') {
			await attempt.finish(withoutEchoes({ ...result }, job.session));
			if (attempt.isSentHere) cap.count(account);
		}
		warnOfMemory(job, attempt);
		return result;
	} catch (error) {
		const failed = naming(job.session.credentialName, knownOf(error, platform.id));
		return refuse(partialFailure(job, failed, index, out));
	}
}

/** The previous part of the thread as `parent`; empty for the first part. */
function hangsOn({ id: platform, name, docs }: Platform, out: Published[]): Pick<Post, 'parent'> {
	const last = out[out.length - 1];
	if (!last) return {};
	if (last.id === '' && !last.ref) {
		return refuse({
			code: 'outcome_unknown',
			platform,
			docUrl: docs,
			message: `Part ${out.length} is out, but ${name} does not tell as which post, so that nothing can be added to it`,
		});
	}
	return { parent: last.ref ?? { id: last.id } };
}

/** Warns users who rely on the memory that it failed. */
function warnOfMemory({ input, warnings }: Prepared, { memoryFailure }: Attempt) {
	const why = memoryFailure();
	if (why === undefined || keyOf(input) === undefined) return;
	warnings.push(
		`n8n's memory could not be used (${why}): another run with this Idempotency Key would publish the post again`,
	);
}

function record(job: Prepared, result: IDataObject) {
	recordFor(job).keep(result);
	return result;
}
