import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Meaning } from '../shared/contract/meaning';
import { explainBy, type Said } from '../shared/errors/explainBy';
import { lookUp } from '../shared/errors/lookUp';

/** https://docs.x.com/x-api/fundamentals/response-codes-and-errors */
interface Problem {
	title?: string;
	detail?: string;
	type?: string;
	message?: string;
	code?: number;
	reset_date?: string;
	errors?: Problem[];
}

const DENIED: Meaning = { code: 'permission_missing' };
const MISSING: Meaning = { code: 'not_found' };
const REJECTED: Meaning = { code: 'platform_rejected' };
const SPENT: Meaning = { code: 'quota_exceeded' };

/** The last part of `type`, such as https://api.x.com/2/problems/usage-capped. */
const BY_TYPE: Record<string, Meaning> = {
	'client-forbidden': DENIED,
	'not-authorized-for-field': DENIED,
	'not-authorized-for-resource': DENIED,
	'oauth1-permissions': DENIED,
	'unsupported-authentication': { code: 'platform_auth_failed' },
	'resource-not-found': MISSING,
	'resource-unavailable': MISSING,
	'disallowed-resource': REJECTED,
	'invalid-request': REJECTED,
	'rate-limit-exceeded': { code: 'rate_limited' },
	'usage-capped': SPENT,
	credits: SPENT,
};

/** Meanings by `title`, which is more specific than `type`. */
const BY_TITLE: Record<string, Meaning> = {
	CreditsDepleted: { ...SPENT, remediation: 'Buy credits for the app at console.x.com.' },
	SpendCapReached: {
		...SPENT,
		remediation: 'Raise the spending limit of the app at console.x.com, or wait for its reset.',
	},
	UsageCapExceeded: SPENT,
};

/** Codes of the older API that still occur in `errors`. */
const BY_NUMBER: Record<number, Meaning> = { 88: { code: 'rate_limited' } };

/** ms to wait: X refuses a reply for some seconds after the post that it answers was made. */
const NOT_VISIBLE_YET = 3000;

/**
 * Refusals that only the text distinguishes: they have no code, and their type is about:blank or
 * shared. Sources: https://github.com/PLhery/node-twitter-api-v2/issues/366 and /469,
 * https://github.com/akrherz/iembot/issues/163 and public clients.
 */
const BY_TEXT: ReadonlyArray<readonly [RegExp, Meaning]> = [
	[/duplicate content/i, { code: 'duplicate', rule: 'x.post.duplicate' }],
	[
		/^Quoting this post is not allowed/i,
		{
			code: 'platform_rejected',
			rule: 'x.quote.policy',
			remediation:
				'X takes quotes through the API from enterprise customers only. Link to the post in the text instead.',
		},
	],
	[
		/^Reply to this conversation is not allowed|only reply to or quote posts/i,
		{
			code: 'platform_rejected',
			rule: 'x.reply.policy',
			remediation:
				'X takes replies through the API only to own posts and to posts whose author mentioned or quoted this account. Neither a permission nor a new consent changes that.',
		},
	],
	[
		/deleted or not visible to you/i,
		{ code: 'not_found', rule: 'x.reply.target', repeatAfterMs: NOT_VISIBLE_YET },
	],
	[/text is too long/i, { code: 'platform_rejected', rule: 'x.text.length' }],
	[/invalid URL/i, { code: 'platform_rejected', rule: 'x.text.url' }],
	[/at most one cashtag/i, { code: 'platform_rejected', rule: 'x.cashtag.count' }],
	[/video longer than/i, { code: 'media_rejected', rule: 'x.media.duration' }],
	[
		/not permitted to perform this action/i,
		{
			code: 'permission_missing',
			rule: 'x.permission',
			remediation:
				'Set the app to "Read and write" at console.x.com and reconnect the credential, since a new permission needs a new consent. If both are in order, the account may not do this: long texts, say, need X Premium.',
		},
	],
];

export const explain = explainBy({
	envelope: (body, { status, headers }) => {
		const answer: Problem = body;
		const [first] = Array.isArray(answer.errors) ? answer.errors : [];
		if (status >= 200 && status < 300) {
			// If the answer also has data, its errors concern only additional fields.
			return first && body.data === undefined
				? { code: 'platform_rejected', ...saidIn(first) }
				: undefined;
		}
		if (!isProblem(answer)) return undefined;
		const known = { ...first, ...answer };
		const message = textOf(known);
		const shown = message ? { message } : {};
		if (status === 401 || status >= 500) return shown;
		const limit = daily(status, headers);
		return limit ? { ...shown, ...limit } : saidIn(known);
	},
	byText: BY_TEXT,
	byCode: { ...BY_NUMBER, ...BY_TYPE, ...BY_TITLE },
});

/** Whether the answer is X's: a proxy may send a message or an error, but none of these fields. */
function isProblem({ title, detail, type, errors = [] }: Problem): boolean {
	const isTold = [title, detail, type].some((one) => typeof one === 'string');
	return Array.isArray(errors) && (isTold || errors.length > 0);
}

function saidIn(problem: Problem): Said {
	const { title, type, code, reset_date } = problem;
	const name = wordsOf(type).split('/').pop() ?? '';
	const text = textOf(problem);
	const reset = DateTime.fromISO(wordsOf(reset_date), { zone: 'utc' });
	return {
		text,
		codes: [title, name, code],
		...(text && { message: text }),
		...(lookUp(BY_TYPE, name) && { rule: `x.${name}` }),
		...(reset.isValid && { retryAt: reset.toISO() ?? undefined }),
	};
}

/**
 * Besides the usual window of minutes, X has daily limits, for which no wait here is long enough.
 */
function daily(status: number, headers: IDataObject): Meaning | undefined {
	const spent = ['x-user-limit-24hour', 'x-app-limit-24hour'].find(
		(name) => String(headers[`${name}-remaining`]) === '0',
	);
	if (status !== 429 || !spent) return undefined;
	const reset = DateTime.fromSeconds(Number(headers[`${spent}-reset`]), { zone: 'utc' });
	return {
		code: 'quota_exceeded',
		rule: 'x.rate.daily',
		...(reset.isValid && { retryAt: reset.toISO() ?? undefined }),
	};
}

function textOf({ title, detail, message, errors }: Problem): string {
	const others = Array.isArray(errors) ? errors : [];
	const parts = [
		wordsOf(detail) || wordsOf(message) || wordsOf(title),
		...others.map((error) => wordsOf(error?.message) || wordsOf(error?.detail)),
	];
	return [...new Set(parts.filter(Boolean))].join(' ');
}

/** A proxy's answer may have the same fields with values that are not texts. */
function wordsOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
