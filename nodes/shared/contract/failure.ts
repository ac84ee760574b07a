import type { IDataObject } from 'n8n-workflow';

import type { Problem } from './problem';

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
}
