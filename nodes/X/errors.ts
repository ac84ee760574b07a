import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { FailureCode } from '../shared/contract/failure';
import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';
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

/** The last part of `type`, such as https://api.x.com/2/problems/usage-capped. */
const BY_TYPE: Record<string, FailureCode> = {
	'client-forbidden': 'permission_missing',
	'not-authorized-for-field': 'permission_missing',
	'not-authorized-for-resource': 'permission_missing',
	'oauth1-permissions': 'permission_missing',
	'unsupported-authentication': 'platform_auth_failed',
	'resource-not-found': 'not_found',
	'resource-unavailable': 'not_found',
	'disallowed-resource': 'platform_rejected',
	'invalid-request': 'platform_rejected',
	'rate-limit-exceeded': 'rate_limited',
	'usage-capped': 'quota_exceeded',
	credits: 'quota_exceeded',
};

const BY_TITLE: Record<string, FailureCode> = {
	CreditsDepleted: 'quota_exceeded',
	SpendCapReached: 'quota_exceeded',
	UsageCapExceeded: 'quota_exceeded',
};

/** Codes of the older API that still turn up in `errors`. */
const BY_CODE: Record<number, FailureCode> = { 88: 'rate_limited' };

const REMEDIATION: Record<string, string> = {
	CreditsDepleted: 'Buy credits for the app at console.x.com.',
	SpendCapReached: 'Raise the spending limit of the app at console.x.com, or wait for its reset.',
};

/** X holds a reply back for seconds after the post before it was made. */
const NOT_VISIBLE_YET = 3000;

/**
 * Refusals that X tells apart by prose alone: type about:blank or a type that several share, and no
 * code. As seen in answers quoted at https://github.com/PLhery/node-twitter-api-v2/issues/366 and
 * /469, https://github.com/akrherz/iembot/issues/163 and in public clients.
 */
const BY_PROSE: ReadonlyArray<readonly [RegExp, Meaning]> = [
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

export function explain({ status, headers, body }: Reply): Meaning | undefined {
	const answer = (typeof body === 'object' && body !== null ? body : {}) as Problem & IDataObject;
	const [first] = Array.isArray(answer.errors) ? answer.errors : [];
	if (status >= 200 && status < 300) {
		// With data beside them, errors are about parts that were asked for in addition.
		return first && answer.data === undefined
			? { code: 'platform_rejected', ...meaningOf(first), message: textOf(first) }
			: undefined;
	}
	if (!isProblem(answer)) return undefined;
	const known = { ...first, ...answer };
	const message = textOf(known);
	const meaning =
		status === 401 || status >= 500 ? {} : (daily(status, headers) ?? meaningOf(known));
	return { ...(message && { message }), ...meaning };
}

/** Proxies have a message or an error too, but none of these. */
function isProblem({ title, detail, type, errors = [] }: Problem): boolean {
	const isTold = [title, detail, type].some((one) => typeof one === 'string');
	return Array.isArray(errors) && (isTold || errors.length > 0);
}

function meaningOf(problem: Problem): Meaning {
	const { title, type, code, reset_date } = problem;
	const name = wordsOf(type).split('/').pop() ?? '';
	const prose = BY_PROSE.find(([words]) => words.test(textOf(problem)));
	if (prose) return prose[1];
	const meant = lookUp(BY_TITLE, title) ?? lookUp(BY_TYPE, name) ?? lookUp(BY_CODE, code);
	const remediation = lookUp(REMEDIATION, title);
	const reset = DateTime.fromISO(wordsOf(reset_date), { zone: 'utc' });
	return {
		...(meant && { code: meant }),
		...(lookUp(BY_TYPE, name) && { rule: `x.${name}` }),
		...(remediation && { remediation }),
		...(reset.isValid && { retryAt: reset.toISO() ?? undefined }),
	};
}

/** Beside the usual window of minutes X has limits for a day, which no waiting here lifts. */
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

/** Something in between may have fields of the same names that are no texts. */
function wordsOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
