import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { withoutEchoes } from '../connection/session';
import type { Failure } from '../contract/failure';
import type { MediaSource } from '../contract/media';
import type { Platform } from '../contract/platform';
import type { Account, Post, Published } from '../contract/post';
import { failure, redactFailure, type KnownFailure } from '../errors/failure';
import { redact } from '../errors/redact';
import { withoutSecret, withoutSigned } from '../media/url';
import { without } from '../without';
import type { Prepared } from './job';

/** The Resume State in `json.resume`: plain data without secrets. */
export interface ResumeState extends IDataObject {
	platform: string;
	/** Published parts of the thread. */
	published: IDataObject[];
	/** Unpublished parts as the user gave them. */
	rest: IDataObject[];
	options: IDataObject;
	target?: string;
	/** State to finish the first of `rest`. */
	pending?: IDataObject;
}

/** The item's result; for a thread, the first post with all parts in `thread`. */
export function resultOf(
	job: Prepared,
	account: Account,
	out: Published[],
	resume?: ResumeState,
): IDataObject {
	const [first, last] = [out[0], out.at(-1)];
	// The publishing time of an earlier run is known only from the platform.
	const isEarlier = first?.status === 'already_published';
	const publishedAt = first?.publishedAt ?? (isEarlier ? undefined : DateTime.utc().toISO());
	const warnings = [
		...job.warnings,
		...job.session.warnings,
		...out.flatMap((one) => one.warnings ?? []),
	];
	const { id, url } = withoutEchoes({ id: first?.id, url: first?.url }, job.session);
	return {
		platform: job.platform.id,
		account: { ...withoutEchoes(first?.account ?? account, job.session) },
		...(id && { id }),
		...(url && { url }),
		status: last?.status ?? 'published',
		...(publishedAt && { publishedAt }),
		// Warnings quote the platform, so secrets are hidden.
		warnings: redact([...new Set(warnings)], job.session.secrets()),
		...(out.length > 1 && { thread: briefs(job, out) }),
		...(resume && { resume: withoutEchoed(job, resume) }),
	};
}

/** Hides secrets in `pending` only, because the user's own text must stay complete. */
function withoutEchoed({ session }: Prepared, resume: ResumeState): ResumeState {
	const { pending } = resume;
	return { ...resume, ...(pending && { pending: withoutEchoes(pending, session) }) };
}

function briefs({ session }: Prepared, out: Published[]): IDataObject[] {
	return out.map(({ status = 'published', ...named }) => ({
		...withoutEchoes(brief(named), session),
		status,
	}));
}

function brief({ id, url, ref }: Omit<Published, 'status'>): IDataObject {
	return { ...(id && { id }), ...(url && { url }), ...(ref && { ref }) };
}

/** The Resume State from the part at `index` on; `out` are the published parts. */
export function resumeState(
	job: Prepared,
	index: number,
	out: Published[],
	pending?: IDataObject,
): ResumeState {
	const { platform, parts, input } = job;
	return {
		platform: platform.id,
		published: briefs(job, out),
		rest: parts.slice(index).map(({ input: { text, link, media } }, at) => ({
			text,
			...(link && { link }),
			// The platform already has the files.
			media: pending && at === 0 ? [] : media.map(kept),
		})),
		options: withoutSigned(input.options),
		...(input.target && { target: input.target }),
		...(pending && { pending }),
	};
}

/**
 * A file for the Resume State. Binary data is left out: it may be large, and a forged state could
 * name any file of this n8n.
 */
function kept(source: MediaSource): MediaSource {
	const { binary } = source;
	if (binary === undefined || typeof binary === 'string') return withoutSecret(source);
	const name = binary.fileName ?? 'A file';
	const missing = `${name} was not kept, because it is no file of the item itself: put "binary" with the name of its field beside "missing" in Resume State`;
	return { ...without(source, 'binary'), missing };
}

/** The failure of a part. In a thread it lists the published parts and adds the Resume State. */
export function partialFailure(
	job: Prepared,
	failed: KnownFailure,
	index: number,
	out: Published[],
): Failure {
	const { parts, done, session } = job;
	if (parts.length + done.length < 2) return redactFailure(failure(failed), session.secrets());
	const total = parts.length + done.length;
	const told = redactFailure(
		failure({
			...failed,
			...(out.length > 0 && isUsual(failed) && { remediation: GO_ON }),
			message: `${failed.message} (part ${out.length + 1} of ${total}; ${out.length} published)`,
			published: briefs(job, out),
		}),
		session.secrets(),
	);
	const pending = index === 0 ? job.pending : undefined;
	return failed.code === 'outcome_unknown'
		? told
		: { ...told, resume: resumeState(job, index, out, pending) };
}

const GO_ON =
	'The parts before are out. Mend what the message says, then go on with Post: Resume and the "resume" of this error.';

/** Whether only default advice would apply, which is written for a single post. */
function isUsual({ code, remediation }: KnownFailure) {
	return ['platform_unavailable', 'validation_failed'].includes(code) && remediation === undefined;
}

/** The failure of a post that the platform may have published. */
export function unclear({ id, name, docs }: Platform, why: string): KnownFailure {
	return {
		code: 'outcome_unknown',
		platform: id,
		docUrl: docs,
		message: `${name} got this post but did not confirm it (${why}).`,
	};
}

/** The failure after proof that a request without an answer published nothing. */
export function unpublished(
	{ message, platform, docUrl }: KnownFailure,
	{ thread }: Post,
): KnownFailure {
	const what = thread ? 'this part was not published' : 'nothing was published';
	const all = message.replace(/\.?$/, `, and ${what}.`);
	return { code: 'platform_unavailable', platform, docUrl, message: all };
}

/** The result of a post that an earlier run published under an unknown ID. */
export function nameless({ name }: Platform): Published {
	return {
		id: '',
		status: 'already_published',
		warnings: [`An earlier run has published this post; ${name} does not tell as which one.`],
	};
}
