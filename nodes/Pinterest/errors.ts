import type { Meaning } from '../shared/contract/meaning';
import { explainBy } from '../shared/errors/explainBy';

const FEW_SCOPES: Meaning = {
	code: 'permission_missing',
	remediation:
		'Reconnect the credential and allow all that it asks for. Secret boards need its Additional Scopes.',
};
const DENIED: Meaning = { code: 'permission_missing' };
const MISSING: Meaning = { code: 'not_found' };
/** Nothing was written; a retry may work in a moment. */
const BUSY: Meaning = { code: 'platform_unavailable', repeatAfterMs: 2000 };
const FETCH_AGAIN = 3000;

/**
 * Meanings by status and `code`, if the status alone is not clear. Older endpoints repeat the
 * status as code. Newer ones have numbers whose meaning depends on the status.
 * https://developers.pinterest.com/docs/api/v5/
 */
const BY_CODE: Record<string, Meaning> = {
	'400.40': MISSING,
	'400.50': MISSING,
	'400.2031': MISSING,
	'401.2': { code: 'platform_auth_failed', tokenExpired: true },
	'401.3': FEW_SCOPES,
	'401.7': DENIED,
	'401.29': DENIED,
	'403.3': FEW_SCOPES,
};

/**
 * Meanings that only the text shows, because one code has several meanings or one meaning has
 * several codes.
 */
const BY_TEXT: ReadonlyArray<readonly [RegExp, Meaning]> = [
	[
		/trial access/i,
		{
			code: 'permission_missing',
			rule: 'pinterest.access.trial',
			docUrl: 'https://developers.pinterest.com/docs/key-concepts/access-tiers/',
			remediation:
				'With Trial access Pins can only be made in the API Sandbox: set Environment of the credential to Sandbox and connect it again. For Pins that people see, apply for Standard access.',
		},
	],
	[
		/requires standard access/i,
		{
			code: 'permission_missing',
			rule: 'pinterest.access.standard',
			docUrl: 'https://developers.pinterest.com/docs/key-concepts/access-tiers/',
			remediation: 'Apply for Standard access for the app.',
		},
	],
	[
		/\bspam\b/i,
		{
			code: 'platform_rejected',
			rule: 'pinterest.spam',
			retryable: false,
			remediation:
				'Pinterest takes this for spam. Stop for a while and post less often, with other links and texts.',
		},
	],
	[
		/unable to reach the url/i,
		{ code: 'media_rejected', rule: 'pinterest.media.url', repeatAfterMs: FETCH_AGAIN },
	],
	[/cover_image_/i, { code: 'media_rejected', rule: 'pinterest.cover' }],
];

export const explain = explainBy({
	envelope: ({ code, message, message_detail }, { status }) => {
		// A proxy may also send a message, but no number next to it.
		const isPinterests = typeof code === 'number' && typeof message === 'string';
		if (status < 400 || !isPinterests) return undefined;
		const text = [message, message_detail].filter(Boolean).join(' ');
		const shown = text ? { message: `${text} (code ${code})` } : {};
		// A server error proves nothing, even with a code.
		if (status >= 500) return shown;
		return { ...shown, text, codes: [`${status}.${code}`], rule: `pinterest.${code}` };
	},
	byText: BY_TEXT,
	byCode: BY_CODE,
	byStatus: { 409: BUSY },
});
