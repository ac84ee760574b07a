import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from './api';
import { capOf } from './cap';
import { failure, naming, redact, refuse, toFailure, type Failure } from './failure';
import { openSlot, type Slot } from './ledger';
import { withoutSecret, withoutSigned } from './media/url';
import type { Account, Platform, Post, Published } from './platform';
import { apiFor, invalid, type Prepared } from './prepare';

/** What `json.resume` holds: plain data without secrets. */
export interface ResumeState extends IDataObject {
	platform: string;
	/** Parts of the thread that are out. */
	published: IDataObject[];
	/** Parts still to come, as the user gave them. */
	rest: IDataObject[];
	options: IDataObject;
	target?: string;
	/** What finishes the first of `rest`. */
	pending?: IDataObject;
}

/** What became of this item before, if n8n runs the node again. */
export function recorded(job: Pick<Prepared, 'fn' | 'item' | 'platform' | 'input'>) {
	const slot = slotOf(job, 'all');
	return slot.state === 'done' ? slot.result : undefined;
}

/** Publishes all parts in order and tells what became of them. */
export async function deliver(job: Prepared): Promise<IDataObject> {
	const failed = invalid(job);
	// A thread that was to go on can still do so later, unless it has to be changed.
	if (failed)
		return refuse(
			job.done.length === 0 || failed.code === 'validation_failed'
				? failed
				: partial(job, failed, 0, job.done),
		);
	const account = await apiFor(job).account();
	const out = [...job.done];
	for (const index of job.parts.keys()) {
		const result = await deliverPart(job, index, out, account);
		out.push(result);
		if (result.status === 'processing') {
			return record(
				job,
				report(job, account, out, resumeState(job, index, out.slice(0, -1), result.resume)),
			);
		}
	}
	return record(job, report(job, account, out));
}

async function deliverPart(job: Prepared, index: number, out: Published[], account: Account) {
	const { fn, platform, input } = job;
	const cap = capOf(fn, platform, input.options);
	const slot = slotOf(job, out.length);
	const api = apiFor(job, slot);
	try {
		if (slot.state === 'done') return slot.result as unknown as Published;
		const excess = slot.state === 'new' ? cap.excess(account, 1) : undefined;
		if (excess) return refuse(excess.cause);
		const pending = index === 0 ? job.pending : undefined;
		const post = { ...job.parts[index].post, ...hangsOn(out) };
		const result = await publishOnce(platform, api, slot, post, pending);
		if (result.status !== 'processing') {
			slot.finish({ ...result });
			cap.count(account);
		}
		return result;
	} catch (error) {
		const failed = naming(job.session.credentialName, toFailure(error, platform.id));
		return refuse(partial(job, failed, index, out));
	}
}

/** What a part of a thread hangs on. */
function hangsOn(out: Published[]): Pick<Post, 'parent'> {
	const last = out[out.length - 1];
	return last ? { parent: last.ref ?? { id: last.id } } : {};
}

async function publishOnce(
	platform: Platform,
	api: Api,
	slot: Slot,
	post: Post,
	pending?: IDataObject,
): Promise<Published> {
	if (slot.state === 'started') {
		const earlier = await settleEarlier(platform, api, slot, post);
		if (earlier) return earlier;
	}
	try {
		const result =
			pending && platform.resume
				? await platform.resume(api, pending)
				: await platform.publish(api, post);
		return result.id ? result : refuse(unclear(platform, 'it named no post'));
	} catch (error) {
		return await settleFailed(platform, api, slot, post, toFailure(error, platform.id));
	}
}

/** A publishing request of an earlier run went out and its answer was never seen. */
async function settleEarlier(platform: Platform, api: Api, slot: Slot, post: Post) {
	const settled = await readBack(platform, api, slot, post);
	if (settled !== 'absent')
		return settled ?? refuse(unclear(platform, 'that was in an earlier run'));
	slot.clear();
	return undefined;
}

async function settleFailed(
	platform: Platform,
	api: Api,
	slot: Slot,
	post: Post,
	failed: Failure,
): Promise<Published> {
	// Whatever failed since: the publishing request went out, and nothing proves that it did not work.
	const open = slot.state === 'started';
	if (!open && failed.code !== 'duplicate') return refuse(failed);
	const settled = await readBack(platform, api, slot, post);
	if (!open) {
		const known = typeof settled === 'object' ? { existingId: settled.id } : {};
		return refuse({ ...failed, ...known });
	}
	if (settled === 'absent') {
		slot.clear();
		return refuse(failed.code === 'outcome_unknown' ? unpublished(failed) : failed);
	}
	const unknown = failed.code === 'outcome_unknown' ? failed : unclear(platform, failed.message);
	return settled ?? refuse(unknown);
}

function unpublished({ message, platform, docUrl }: Failure): Failure {
	const all = message.replace(/\.?$/, ', and nothing was published.');
	return failure({ code: 'platform_unavailable', platform, docUrl, message: all });
}

function unclear({ id, name, docs }: Platform, why: string): Failure {
	return failure({
		code: 'outcome_unknown',
		platform: id,
		docUrl: docs,
		message: `${name} got this post but did not confirm it (${why}).`,
	});
}

/** A read-back that fails settles nothing. */
async function readBack(platform: Platform, api: Api, slot: Slot, post: Post) {
	const settled = await api.attempt(
		'Looking for the post on the account',
		async () => await platform.settle?.(api, post, slot.mark),
	);
	if (typeof settled !== 'object') return settled;
	return { ...settled, status: settled.status ?? ('already_published' as const) };
}

function slotOf(job: Pick<Prepared, 'fn' | 'item' | 'platform' | 'input'>, part: number | 'all') {
	const { fn, item, platform, input } = job;
	return openSlot(fn, { item, platform: platform.id, part, content: input });
}

function record(job: Prepared, result: IDataObject) {
	slotOf(job, 'all').finish(result);
	return result;
}

/** The result as it stands in the item; for a thread the first post, with all of them in `thread`. */
function report(
	job: Prepared,
	account: Account,
	out: Published[],
	resume?: ResumeState,
): IDataObject {
	const [first] = out;
	const last = out[out.length - 1];
	const publishedAt = first.publishedAt ?? DateTime.utc().toISO();
	const warnings = [
		...job.warnings,
		...job.session.warnings,
		...out.flatMap((one) => one.warnings ?? []),
	];
	const told = redact(
		{
			platform: job.platform.id,
			account: { ...(first.account ?? account) },
			id: first.id,
			...(first.url && { url: first.url }),
			status: last.status ?? 'published',
			publishedAt,
			warnings: [...new Set(warnings)],
			...(out.length > 1 && { thread: out.map(brief) }),
		},
		job.session.secrets(),
	);
	// As the user gave it: what is cut out of it would be missing in the post.
	return { ...told, ...(resume && { resume }) };
}

function brief({ id, url, ref, status }: Published): IDataObject {
	return { id, ...(url && { url }), ...(ref && { ref }), status: status ?? 'published' };
}

function resumeState(
	{ platform, parts, input }: Prepared,
	index: number,
	out: Published[],
	pending?: IDataObject,
): ResumeState {
	return {
		platform: platform.id,
		published: out.map(brief),
		rest: parts.slice(index).map(({ input: { text, link, media } }, at) => ({
			text,
			...(link && { link }),
			// With the platform already.
			media: pending && at === 0 ? [] : media.map(withoutSecret),
		})),
		options: withoutSigned(input.options),
		...(input.target && { target: input.target }),
		...(pending && { pending }),
	};
}

/** A failure in the middle of a thread names the parts that are out and how to go on. */
function partial(job: Prepared, failed: Failure, index: number, out: Published[]): Failure {
	const { parts, done, session } = job;
	if (parts.length + done.length < 2) return redact(failed, session.secrets());
	const total = parts.length + done.length;
	const told = redact(
		failure({
			...failed,
			message: `${failed.message} (part ${out.length + 1} of ${total}; ${out.length} published)`,
			published: out.map(brief),
		}),
		session.secrets(),
	);
	const pending = index === 0 ? job.pending : undefined;
	return failed.code === 'outcome_unknown'
		? told
		: { ...told, resume: resumeState(job, index, out, pending) };
}
