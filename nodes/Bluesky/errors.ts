import type { Meaning } from '../shared/contract/meaning';
import { explainBy } from '../shared/errors/explainBy';

const REFUSED: Meaning = { code: 'platform_auth_failed' };
const EXPIRED: Meaning = { ...REFUSED, tokenExpired: true };
const MEDIA: Meaning = { code: 'media_rejected' };
const MISSING: Meaning = { code: 'not_found' };

/** https://docs.bsky.app/docs/api/com-atproto-repo-put-record and the pages of the other calls. */
const BY_CODE: Record<string, Meaning> = {
	// Expiry is a 400 here: https://docs.bsky.app/docs/api/com-atproto-server-refresh-session
	ExpiredToken: EXPIRED,
	InvalidToken: EXPIRED,
	AuthMissing: REFUSED,
	AuthenticationRequired: REFUSED,
	AuthFactorTokenRequired: REFUSED,
	AccountTakedown: REFUSED,
	AccountDeactivated: REFUSED,
	AccountNotFound: { code: 'permission_missing' },
	BlobNotFound: MEDIA,
	InvalidSize: MEDIA,
	InvalidMimeType: MEDIA,
	PayloadTooLarge: MEDIA,
	RecordNotFound: MISSING,
	HandleNotFound: MISSING,
	RateLimitExceeded: { code: 'rate_limited' },
	// Our key already has a record; reading it back shows whether it is ours.
	InvalidSwap: { code: 'outcome_unknown' },
};

export const explain = explainBy({
	envelope: ({ error, message }, { status }) => {
		const isGood = status >= 200 && status < 300;
		if (isGood || typeof error !== 'string') return undefined;
		const words = message ? `${String(message)} (${error})` : error;
		return { codes: [error], rule: `bluesky.${error}`, message: words, tokenExpired: false };
	},
	byCode: BY_CODE,
});
