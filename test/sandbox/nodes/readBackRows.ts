import type { Fault, RecordedRequest, Sandbox } from '..';

/** Statuses with which something between n8n and Meta's servers answers for them. */
const STATUSES = [302, 303, 400, 408, 409, 423, 425, 429, 451, 499];

/** Answers to a publishing request that reached Meta, but that are not from Meta. */
export const OF_OTHERS: Fault[] = [
	...STATUSES.map((status) => ({
		kind: '5xx-after',
		status,
		body: '<html><title>Not now</title></html>',
	})),
	{ kind: '5xx-after', status: 403, body: { message: 'Forbidden' } },
	{ kind: '5xx-after', status: 504, body: { status: 504, error: 'Gateway Timeout' } },
	{ kind: '5xx-after', status: 400, body: { error: { code: 400, message: 'Bad request' } } },
];

/** Ms by which Meta's clock is ahead of n8n's. */
export const CLOCKS = [-600_000, -30_000, 30_000, 600_000];

/** These operations fail from the arrival of the publishing request on. */
export function failAfterPublishing<State>(sandbox: Sandbox<State>, operations: string[]) {
	const { requests } = sandbox;
	requests.push = (...arrived: RecordedRequest[]) => {
		if (arrived.some(({ operation }) => operation === 'publish')) {
			for (const one of operations) sandbox.faults.always(one, { kind: '5xx-before' });
		}
		return Array.prototype.push.apply(requests, arrived);
	};
}
