import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';
import { Refused } from '../shared/errors/failure';
import { lookUp } from '../shared/errors/lookUp';

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

/** How long to leave an upload before it is asked for again. */
const NOT_READY_YET = 15_000;
const CONFLICT = 1000;
/** Rule of a post that came before LinkedIn was done with its files. */
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

/** Beside what the status says; a code tells more. */
const BY_STATUS: Record<number, Meaning> = {
	403: {
		code: 'permission_missing',
		remediation:
			'The connection lacks a permission, or the member a role on the organization’s page. Check the products of the app and the scopes of the credential, then reconnect it.',
	},
	409: { code: 'platform_unavailable', repeatAfterMs: CONFLICT },
	415: { code: 'media_rejected' },
	426: RETIRED,
};

/** "Content is a duplicate of urn:li:share:1", to which no field corresponds. */
const DUPLICATE = /duplicate of (urn:li:\w+:\d+)/;
/** "Resource level throttle MEMBER DAY limit for calls to this resource is reached." */
const DAILY = /throttle.*limit/i;

export function explain({ status, body }: Reply): Meaning | undefined {
	if (status >= 200 && status < 300) return undefined;
	const told = (typeof body === 'object' && body !== null ? body : {}) as Told & IDataObject;
	if (!isLinkedIns(told)) return undefined;
	const details = told.errorDetails?.inputErrors;
	const codes = [...(Array.isArray(details) ? details.map(({ code }) => code) : []), told.code];
	const said = told.message ?? told.error_description;
	const number = told.serviceErrorCode ?? told.code;
	return {
		...(said && { message: number === undefined ? said : `${said} (${number})` }),
		...(told.code && { rule: `linkedIn.${told.code}` }),
		...meaningOf(
			status,
			codes.filter((code) => code !== undefined),
			said ?? '',
		),
	};
}

/** Proxies have a message too, or a status and an error, but not these together. */
function isLinkedIns(told: Told): boolean {
	const { status, message, code, serviceErrorCode, error, error_description } = told;
	const isRefusal = [status, serviceErrorCode].some((one) => typeof one === 'number');
	return typeof message === 'string'
		? isRefusal || typeof code === 'string'
		: typeof error === 'string' && typeof error_description === 'string';
}

/** Whether LinkedIn refused a post because it still works on its files. */
export function cameEarly(error: unknown): boolean {
	return error instanceof Refused && error.failure.rule === EARLY;
}

function meaningOf(status: number, codes: string[], said: string): Meaning {
	const [, existingId] = DUPLICATE.exec(said) ?? [];
	if (existingId) return { code: 'duplicate', rule: 'linkedIn.DUPLICATE_POST', existingId };
	if (status === 429) return DAILY.test(said) ? daily() : {};
	const known = codes.find((code) => lookUp(BY_CODE, code));
	// A dead grant is no refused content: LinkedIn calls it invalid_request.
	return lookUp(BY_CODE, known) ?? BY_STATUS[status] ?? {};
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits */
function daily(): Meaning {
	const retryAt = DateTime.utc().plus({ days: 1 }).startOf('day').toISO();
	return { code: 'quota_exceeded', rule: 'linkedIn.rate.daily', ...(retryAt && { retryAt }) };
}
