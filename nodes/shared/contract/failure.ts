import type { IDataObject } from 'n8n-workflow';

import type { Problem } from './problem';

/**
 * Kinds of failures. With `outcome_unknown` the post may be published; with `stopped` the execution
 * ended before the request was sent.
 */
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

/** A failure as users get it, both thrown and in `json.error`. */
export interface Failure {
	code: FailureCode;
	/** The broken rule or the vendor's own code, such as `x.reply.policy`. */
	rule?: string;
	message: string;
	remediation: string;
	docUrl?: string;
	platform: string;
	httpStatus?: number;
	retryable: boolean;
	/** ISO 8601: the earliest time for another try. */
	retryAt?: string;
	/** The vendor's answer, without secrets. */
	platformResponse?: IDataObject | string;
	/** All problems found before sending. */
	problems?: Problem[];
	/** Results of the parts of a thread that were published before the failure. */
	published?: IDataObject[];
	/** The Resume State for Post: Resume. */
	resume?: IDataObject;
	/** ID of the post that already exists, if the platform names it. */
	existingId?: string;
}
