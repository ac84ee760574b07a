import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';

const FEW_SCOPES: Meaning = {
	code: 'permission_missing',
	remediation:
		'Reconnect the credential and allow all that it asks for. Secret boards need its Additional Scopes.',
};
const DENIED: Meaning = { code: 'permission_missing' };
const MISSING: Meaning = { code: 'not_found' };
/** The answer says that nothing was written, and that it may work in a moment. */
const BUSY: Meaning = { code: 'platform_unavailable', repeatAfterMs: 2000 };
const FETCH_AGAIN = 3000;

/**
 * By status and `code`, where the status alone does not say it: older endpoints repeat the status as
 * code, newer ones have numbers, which mean something else with another status.
 * https://developers.pinterest.com/docs/api/v5/
 */
const BY_CODE: Record<number, Record<number, Meaning>> = {
	400: { 40: MISSING, 50: MISSING, 2031: MISSING },
	401: {
		2: { code: 'platform_auth_failed', tokenExpired: true },
		3: FEW_SCOPES,
		7: DENIED,
		29: DENIED,
	},
	403: { 3: FEW_SCOPES },
};

/** What Pinterest tells apart by prose alone: one code stands for many, or clients saw several. */
const BY_PROSE: ReadonlyArray<readonly [RegExp, Meaning]> = [
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

export function explain({ status, body }: Reply): Meaning | undefined {
	if (status < 400) return undefined;
	const { code, message, message_detail } = (
		typeof body === 'object' && body !== null ? body : {}
	) as { code?: unknown; message?: unknown; message_detail?: string };
	// Proxies have a message too, but not a number beside it.
	if (typeof code !== 'number' || typeof message !== 'string') return undefined;
	const said = [message, message_detail].filter(Boolean).join(' ');
	const shown = said && { message: `${said} (code ${code})` };
	// Trouble on Pinterest's side proves nothing, whatever is said of it.
	if (status >= 500) return { ...shown };
	const meaning = BY_PROSE.find(([words]) => words.test(said))?.[1] ?? meaningOf(status, code);
	return { ...shown, ...meaning };
}

function meaningOf(status: number, code: number): Meaning {
	const known = status === 409 ? BUSY : BY_CODE[status]?.[code];
	return { ...known, rule: `pinterest.${code}` };
}
