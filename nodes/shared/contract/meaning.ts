import type { Failure } from './failure';

/** What an adapter reads in an answer: parts of the failure for users, and hints for the core. */
export interface Meaning
	extends Partial<
		Pick<
			Failure,
			| 'code'
			| 'rule'
			| 'message'
			| 'remediation'
			| 'docUrl'
			| 'retryAt'
			| 'retryable'
			| 'existingId'
		>
	> {
	/** The token was refused, and renewing it may help. */
	tokenExpired?: boolean;
	/** The answer proves that nothing happened. The request may succeed after this many ms. */
	repeatAfterMs?: number;
	/** The vendor is known to give this answer although the post was published. */
	unsure?: true;
}
