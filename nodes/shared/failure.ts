import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { ExecutionBaseError, NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';

import { redactReply } from './errors/redact';
import type { Platform, Problem } from './platform';
import { without } from './without';

export type FailureCode =
	| 'validation_failed'
	| 'platform_auth_failed'
	| 'permission_missing'
	| 'platform_rejected'
	| 'duplicate'
	| 'media_rejected'
	| 'rate_limited'
	| 'quota_exceeded'
	| 'platform_unavailable'
	| 'outcome_unknown'
	| 'not_found'
	| 'stopped';

/** One failure, the same words when thrown and in `json.error`. */
export interface Failure {
	code: FailureCode;
	/** The rule or the vendor's own code behind it, such as `x.reply.policy`. */
	rule?: string;
	message: string;
	remediation: string;
	docUrl?: string;
	platform: string;
	httpStatus?: number;
	retryable: boolean;
	/** ISO 8601: when trying again makes sense. */
	retryAt?: string;
	/** The vendor's answer, without secrets. */
	platformResponse?: IDataObject | string;
	/** Whatever was found before sending: all of it. */
	problems?: Problem[];
	/** Parts of a thread that are out although a later one failed. */
	published?: IDataObject[];
	/** Give this to Post: Resume to go on from there. */
	resume?: IDataObject;
	/** The id of the post that is there already, where the platform tells it. */
	existingId?: string;
	/** Only between adapter and core: the token was refused and renewing it may help. */
	tokenExpired?: boolean;
	/** Likewise: the answer proves that nothing happened, and in so many ms it may go through. */
	again?: number;
	/** Likewise: the vendor is known to say so although the post went out. */
	unsure?: true;
}

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

/** The failure a status stands for where the vendor says nothing closer. */
export function codeOfStatus(status: number): FailureCode {
	return BY_STATUS[status] ?? (status >= 500 ? 'platform_unavailable' : 'platform_rejected');
}

/** A whole failure from what is known of it. */
export function failure(
	known: Partial<Failure> & Pick<Failure, 'code' | 'platform' | 'message'>,
): Failure {
	const told = without(known, 'tokenExpired', 'again', 'unsure');
	return { remediation: REMEDIATION[known.code], retryable: RETRYABLE.has(known.code), ...told };
}

/** Whether the advice is the one that every failure of the code has. */
export function isUsualAdvice(code: FailureCode, remediation: string): boolean {
	return REMEDIATION[code] === remediation;
}

/** Says which credential is meant where the advice is just to reconnect it. */
export function naming(credential: string, failed: Failure): Failure {
	return failed.remediation === REMEDIATION.platform_auth_failed
		? { ...failed, remediation: `Reconnect the credential "${credential}" and run again.` }
		: failed;
}

/** The one error of the pack's inside; at the node's edge it becomes an n8n error. */
export class Refused extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'Refused';
	}
}

/** Ends the present step with a failure. */
export function refuse(known: Parameters<typeof failure>[0]): never {
	throw new Refused(failure(known));
}

/** Passes an error on unchanged. */
export function rethrow(error: unknown): never {
	throw error;
}

/** Any error as a failure: n8n's own about parameters and items, and what nobody foresaw. */
export function toFailure(error: unknown, platform: string): Failure {
	if (error instanceof Refused) return error.failure;
	const { message = String(error), description } = error as {
		message?: string;
		description?: string | null;
	};
	if (error instanceof ExecutionBaseError || error instanceof UserError) {
		return failure({
			code: 'validation_failed',
			platform,
			message,
			...(description && { remediation: description }),
		});
	}
	return failure({
		code: 'platform_rejected',
		rule: 'unexpected',
		platform,
		message: `Unexpected error: ${message}`,
		remediation: 'This should not happen. Please report it with the steps that lead to it.',
	});
}

/** A platform may say what was sent to it, and what fails here is told to people. */
export async function hiding<T>(
	{ id }: Pick<Platform, 'id'>,
	secrets: () => readonly string[],
	step: () => Promise<T>,
): Promise<T> {
	try {
		return await step();
	} catch (error) {
		return refuse(redactReply(toFailure(error, id), secrets()));
	}
}

/** The error n8n shows: message says what happened, description how to get unstuck. */
export function toNodeError(node: INode, failed: Failure, itemIndex: number) {
	const shown = { message: failed.message, description: describeFailure(failed), itemIndex };
	const error =
		failed.httpStatus === undefined
			? new NodeOperationError(node, failed.message, shown)
			: new NodeApiError(node, asJson(failed), {
					...shown,
					httpCode: String(failed.httpStatus),
				});
	// Where a message names a network error, n8n puts its own advice in its place: to try again.
	error.message = failed.message;
	error.context = { ...error.context, itemIndex, failure: { ...failed } };
	return error;
}

function describeFailure(failed: Failure) {
	const problems = (failed.problems ?? [])
		.filter(({ warning }) => !warning)
		.map(({ rule, message }) => `${message} [${rule}]`);
	const retry = failed.retryAt ? ` Try again after ${failed.retryAt}.` : '';
	return [...problems, `${failed.remediation}${retry} (${failed.code})`].join('\n');
}

function asJson(failed: Failure): JsonObject {
	return JSON.parse(JSON.stringify(failed)) as JsonObject;
}
