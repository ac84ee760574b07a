import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { FailureCode } from '../shared/contract/failure';
import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';
import { explainBy, type Said } from '../shared/errors/explainBy';
import { isObject } from '../shared/errors/objectIn';
import { MINUTE } from '../shared/units';

interface GraphError {
	message?: string;
	type?: string;
	code?: number;
	error_subcode?: number;
	fbtrace_id?: string;
	error_user_msg?: string;
	is_transient?: boolean;
}

/** Error of a refused upload. */
interface Upload {
	retriable?: boolean;
	type?: string;
	message?: string;
}

/** What a platform adds to Meta's common errors. */
export interface Dialect {
	/** First part of every rule ID. */
	platform: string;
	/** Remediation for a missing permission. */
	permissions: string;
	/**
	 * The platform's own subcodes, some of which also occur as codes. They override the common ones.
	 */
	subcodes?: Readonly<Record<number, Meaning>>;
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const BY_CODE: Readonly<Record<number, FailureCode>> = {
	1: 'platform_unavailable',
	2: 'platform_unavailable',
	3: 'permission_missing',
	4: 'rate_limited',
	10: 'permission_missing',
	17: 'rate_limited',
	32: 'rate_limited',
	100: 'platform_rejected',
	102: 'platform_auth_failed',
	190: 'platform_auth_failed',
	324: 'media_rejected',
	341: 'rate_limited',
	368: 'platform_rejected',
	389: 'media_rejected',
	506: 'duplicate',
	613: 'rate_limited',
	6000: 'media_rejected',
};

const AT_FACEBOOK =
	'Log in at facebook.com, do what is asked for there, then run again or reconnect the credential.';

/** Subcodes that are more specific than their code. */
const BY_SUBCODE: Readonly<Record<number, Meaning>> = {
	33: { code: 'not_found' },
	459: { code: 'platform_auth_failed', remediation: AT_FACEBOOK },
	464: { code: 'platform_auth_failed', remediation: AT_FACEBOOK },
	1390008: {
		code: 'quota_exceeded',
		remediation: 'Meta takes this for too many posts at once. Wait some hours and post less often.',
	},
};

/**
 * Reads the error envelope common to Meta's platforms. Refusals have HTTP 400, sometimes 200. Rules
 * are `platform.code` or `platform.code.subcode`.
 */
export function graphExplain({ platform, permissions, subcodes }: Dialect) {
	const explain = explainBy({
		envelope: ({ error, debug_info }, { status }) => {
			if (isMetas(error)) return saidIn(platform, error);
			return isObject(debug_info) ? uploadRefused(platform, debug_info, status) : undefined;
		},
		byCode: { ...BY_SUBCODE, ...subcodes },
	});
	return (reply: Reply): Meaning | undefined => {
		const meaning = explain(reply);
		return (
			meaning && {
				...(meaning.code === 'permission_missing' && { remediation: permissions }),
				...(meaning.code === 'rate_limited' && regained(reply.headers)),
				...meaning,
			}
		);
	};
}

/** Proxies use similar envelopes; only Meta's has these fields. */
function isMetas(error: unknown): error is GraphError {
	if (!isObject(error)) return false;
	const { code, type, error_subcode, is_transient, fbtrace_id } = error;
	const own = type ?? error_subcode ?? is_transient ?? fbtrace_id;
	return typeof code === 'number' && own !== undefined;
}

/** Some answers use a subcode as the code. */
function saidIn(platform: string, error: GraphError): Said {
	const { code = 0, message, error_user_msg, is_transient } = error;
	const subcode = error.error_subcode ?? 0;
	const known = codeOf(code);
	const isPassing = is_transient === true && known === 'platform_rejected';
	const numbers = [code, subcode].filter((number) => number !== 0);
	return {
		code: isPassing ? 'platform_unavailable' : known,
		codes: [subcode, code],
		rule: [platform, ...numbers].join('.'),
		message: `${error_user_msg ?? message ?? 'no reason given'} (${numbers.join('/')})`,
	};
}

function codeOf(code: number): FailureCode {
	if (code >= 200 && code < 300) return 'permission_missing';
	if (code >= 80_000 && code < 81_000) return 'rate_limited';
	return BY_CODE[code] ?? 'platform_rejected';
}

/** A year in minutes: no limit lasts longer, and later dates may be invalid. */
const LONGEST = 366 * 24 * 60;

/**
 * Wait until a Page or an account may be used again:
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
function regained(headers: IDataObject): Meaning {
	const text = String(headers['x-business-use-case-usage'] ?? '');
	const minutes = [...text.matchAll(/"estimated_time_to_regain_access"\s*:\s*(\d+)/g)];
	const most = Math.max(0, ...minutes.map(([, value]) => Number(value)));
	const wait = Math.min(most, LONGEST) * MINUTE;
	if (wait === 0) return {};
	const at = DateTime.utc().plus(wait).toISO();
	return { repeatAfterMs: wait, retryAt: at };
}

/** Reads the error format of rupload.facebook.com, which is a refusal with any status. */
function uploadRefused(
	platform: string,
	{ retriable, type, message }: Upload,
	status: number,
): Meaning {
	const refused = status < 500 && status !== 401 && status !== 403;
	return {
		...(retriable && { code: 'platform_unavailable' as const }),
		...(!retriable && refused && { code: 'media_rejected' as const }),
		rule: `${platform}.upload.${type ?? 'refused'}`,
		message: `The upload was refused: ${message ?? type ?? 'no reason given'}`,
	};
}
