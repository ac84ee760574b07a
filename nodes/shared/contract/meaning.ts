import type { Failure } from './failure';

/** What an adapter reads in an answer: what users are told, and what only the core acts on. */
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
	/** The answer proves that nothing happened, and the request may go through in so many ms. */
	repeatAfterMs?: number;
	/** The vendor is known to say so although the post went out. */
	unsure?: true;
}
