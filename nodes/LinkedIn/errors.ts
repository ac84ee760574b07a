import { DateTime } from 'luxon';

import type { Meaning } from '../shared/contract/meaning';
import { explainBy, type Entry } from '../shared/errors/explainBy';
import { Refused } from '../shared/errors/failure';

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling */
interface Told {
	status?: number;
	message?: string;
	code?: string;
	serviceErrorCode?: number;
	errorDetails?: { inputErrors?: Array<{ description?: string; code?: string }> };
	error?: string;
	error_description?: string;
}

/** ms to wait before an upload is queried again. */
const NOT_READY_YET = 15_000;
const CONFLICT = 1000;
/** Rule of a post that was sent before LinkedIn had processed its files. */
const EARLY = 'linkedIn.MEDIA_ASSET_WAITING_UPLOAD';

const RETIRED: Meaning = {
	code: 'platform_rejected',
	rule: 'linkedIn.version',
	remediation:
		'LinkedIn retires each version of its API after about a year. Enter a later month in the field LinkedIn Version of the credential: https://learn.microsoft.com/en-us/linkedin/marketing/versioning',
};

const BY_CODE: Record<string, Meaning> = {
	VERSION_MISSING: RETIRED,
	NONEXISTENT_VERSION: RETIRED,
	MEDIA_ASSET_WAITING_UPLOAD: {
		code: 'platform_unavailable',
		rule: EARLY,
		repeatAfterMs: NOT_READY_YET,
	},
	MEDIA_ASSET_PROCESSING_FAILED: { code: 'media_rejected' },
	EXPIRED_UPLOAD_URL: { code: 'media_rejected' },
	UPDATING_ASSET_FAILED: { code: 'media_rejected' },
	INVALID_IMAGE_ID: { code: 'media_rejected' },
	INVALID_VIDEO_ID: { code: 'media_rejected' },
	DUPLICATE_POST: { code: 'duplicate' },
};

/** "Resource level throttle MEMBER DAY limit for calls to this resource is reached." */
const DAILY = /throttle.*limit/i;

/** Adds to the meaning of the status; a code overrides it. */
const BY_STATUS: Record<number, Entry> = {
	403: {
		code: 'permission_missing',
		remediation:
			'The connection lacks a permission, or the member a role on the organization’s page. Check the products of the app and the scopes of the credential, then reconnect it.',
	},
	409: { code: 'platform_unavailable', repeatAfterMs: CONFLICT },
	415: { code: 'media_rejected' },
	426: RETIRED,
	429: ({ text = '' }) => (DAILY.test(text) ? daily() : {}),
};

/** "Content is a duplicate of urn:li:share:1"; no field of the answer contains this. */
const DUPLICATE = /duplicate of (urn:li:\w+:\d+)/;
const BY_TEXT: ReadonlyArray<readonly [RegExp, Entry]> = [
	[
		DUPLICATE,
		({ text = '' }) => ({
			code: 'duplicate',
			rule: 'linkedIn.DUPLICATE_POST',
			existingId: DUPLICATE.exec(text)?.[1],
		}),
	],
];

export const explain = explainBy({
	envelope: (body, { status }) => {
		const told: Told = body;
		if ((status >= 200 && status < 300) || !isLinkedIns(told)) return undefined;
		const details = told.errorDetails?.inputErrors;
		const text = told.message ?? told.error_description;
		const number = told.serviceErrorCode ?? told.code;
		return {
			text,
			codes: [...(Array.isArray(details) ? details.map(({ code }) => code) : []), told.code],
			...(text && { message: number === undefined ? text : `${text} (${number})` }),
			...(told.code && { rule: `linkedIn.${told.code}` }),
		};
	},
	byText: BY_TEXT,
	byCode: BY_CODE,
	byStatus: BY_STATUS,
});

/**
 * Whether the answer is LinkedIn's: a proxy may send a message, or a status and an error, but not
 * these together.
 */
function isLinkedIns(told: Told): boolean {
	const { status, message, code, serviceErrorCode, error, error_description } = told;
	const isRefusal = [status, serviceErrorCode].some((one) => typeof one === 'number');
	return typeof message === 'string'
		? isRefusal || typeof code === 'string'
		: typeof error === 'string' && typeof error_description === 'string';
}

/** Whether LinkedIn refused a post because it is still processing the files. */
export function cameEarly(error: unknown): boolean {
	return error instanceof Refused && error.failure.rule === EARLY;
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits */
function daily(): Meaning {
	const retryAt = DateTime.utc().plus({ days: 1 }).startOf('day').toISO();
	return { code: 'quota_exceeded', rule: 'linkedIn.rate.daily', ...(retryAt && { retryAt }) };
}
