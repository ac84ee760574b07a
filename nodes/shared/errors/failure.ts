import { ExecutionBaseError, UserError } from 'n8n-workflow';

import type { Failure, FailureCode } from '../contract/failure';
import type { Meaning } from '../contract/meaning';
import type { Platform } from '../contract/platform';
import { without } from '../without';
import { redact, redactReply } from './redact';

const REMEDIATION: Record<FailureCode, string> = {
	validation_failed: 'Change what the listed problems name and run again; nothing was sent.',
	platform_auth_failed: 'Reconnect the credential and run again.',
	permission_missing:
		'Grant the missing permission or role, then reconnect the credential: a new permission needs a new consent.',
	platform_rejected: 'Read the platform’s own words in the message and change the post.',
	duplicate: 'Change the text if you do want to post it again.',
	media_rejected: 'Check the media against the limits of the platform and replace it.',
	rate_limited: 'Run again after the time in retryAt, or allow a longer wait in the options.',
	quota_exceeded: 'Wait until the limit is lifted or raise it; trying again soon will not help.',
	platform_unavailable: 'Try again later; nothing was published.',
	outcome_unknown:
		'Look at the account before you run this again: the post may be out although no answer came back.',
	not_found: 'Check the ID or URL, and that this account may see it.',
	stopped: 'Run again what was not published; give the workflow more time if it ran out of it.',
};

const BY_STATUS: Record<number, FailureCode> = {
	401: 'platform_auth_failed',
	402: 'quota_exceeded',
	403: 'permission_missing',
	404: 'not_found',
	410: 'not_found',
	413: 'media_rejected',
	429: 'rate_limited',
};

const RETRYABLE: ReadonlySet<FailureCode> = new Set([
	'rate_limited',
	'platform_unavailable',
	'stopped',
]);

/** The failure code of a status, if the vendor gives none. */
export function codeOfStatus(status: number): FailureCode {
	return BY_STATUS[status] ?? (status >= 500 ? 'platform_unavailable' : 'platform_rejected');
}

/** The known parts of a failure, usually from the meaning of an answer. */
export type KnownFailure = Partial<Failure> & Pick<Failure, 'code' | 'platform' | 'message'>;

/** Completes a failure for users: adds default advice and drops hints for the core. */
export function failure(known: KnownFailure & Meaning): Failure {
	const { code } = known;
	const { remediation, ...told } = without(known, 'tokenExpired', 'repeatAfterMs', 'unsure');
	const advice = remediation ?? REMEDIATION[code];
	return { remediation: advice, retryable: RETRYABLE.has(code), ...told };
}

/** Adds advice to reconnect this credential, unless there is more specific advice. */
export function naming<T extends KnownFailure>(credential: string, known: T): T {
	return known.code === 'platform_auth_failed' && known.remediation === undefined
		? { ...known, remediation: `Reconnect the credential "${credential}" and run again.` }
		: known;
}

/** The only error that the pack throws internally. At the node's edge it becomes an n8n error. */
export class Refused extends Error {
	constructor(readonly failure: KnownFailure) {
		super(failure.message);
		this.name = 'Refused';
	}
}

/** Throws a failure. */
export function refuse(known: KnownFailure & Meaning): never {
	throw new Refused(known);
}

/** Throws an error unchanged. */
export function rethrow(error: unknown): never {
	throw error;
}

/** Converts any error to a complete failure. */
export function toFailure(error: unknown, platform: string): Failure {
	return failure(knownOf(error, platform));
}

/**
 * Converts any error: the pack's own, n8n's errors about parameters and items, and unexpected ones.
 */
export function knownOf(error: unknown, platform: string): KnownFailure {
	if (error instanceof Refused) return error.failure;
	const { message = String(error), description } = error as {
		message?: string;
		description?: string | null;
	};
	if (error instanceof ExecutionBaseError || error instanceof UserError) {
		return {
			code: 'validation_failed',
			platform,
			message,
			...(description && { remediation: description }),
		};
	}
	return {
		code: 'platform_rejected',
		rule: 'unexpected',
		platform,
		message: `Unexpected error: ${message}`,
		remediation: 'This should not happen. Please report it with the steps that lead to it.',
	};
}

/** Parts of a failure that quote the platform, and parts that may hold its values. */
const SAID: ReadonlySet<string> = new Set(['message', 'remediation', 'platformResponse']);
const NAMED: ReadonlySet<string> = new Set(['rule', 'existingId', 'problems']);

/**
 * Hides secrets in the parts of a failure that come from the platform; the core's own words stay.
 */
export function redactFailure<T extends Partial<Failure>>(known: T, secrets: readonly string[]): T {
	const hidden = Object.entries(known).map(([name, value]: [string, unknown]) => {
		if (SAID.has(name)) return [name, redactReply(value, secrets)];
		return [name, NAMED.has(name) ? redact(value, secrets) : value];
	});
	return Object.fromEntries(hidden) as T;
}

/** Runs a step and hides secrets in its failure, because a platform may echo what it was sent. */
export async function hiding<T>(
	{ id }: Pick<Platform, 'id'>,
	secrets: () => readonly string[],
	step: () => Promise<T>,
): Promise<T> {
	try {
		return await step();
	} catch (error) {
		return refuse(redactFailure(knownOf(error, id), secrets()));
	}
}
