import type { Reply } from '../shared/api';
import type { Failure } from '../shared/failure';

type Meaning = Partial<Failure>;

const SCOPES: Meaning = {
	code: 'permission_missing',
	remediation:
		'Reconnect the credential and allow all that it asks for. Secret boards need its Additional Scopes.',
};
const MISSING: Meaning = { code: 'not_found' };
/** The answer says that nothing was written, and that it may work in a moment. */
const LATER = { busy: 2000, fetching: 3000 };

/** Numbers of https://developers.pinterest.com/docs/api/v5/ that mean the same with any status. */
const BY_CODE: Record<number, Meaning> = {
	2: { code: 'platform_auth_failed', tokenExpired: true },
	3: SCOPES,
	7: { code: 'permission_missing' },
	29: { code: 'permission_missing' },
	40: MISSING,
	50: MISSING,
	409: { code: 'platform_unavailable', again: LATER.busy },
	2031: MISSING,
};

/** What Pinterest tells apart by prose alone; `code` is one for many or differs by endpoint. */
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
		{ code: 'media_rejected', rule: 'pinterest.media.url', again: LATER.fetching },
	],
	[/cover_image_/i, { code: 'media_rejected', rule: 'pinterest.cover' }],
];

export function explain({ status, body }: Reply): Meaning | undefined {
	if (status < 400) return undefined;
	const { code, message, message_detail } = (
		typeof body === 'object' && body !== null ? body : {}
	) as { code?: number; message?: string; message_detail?: string };
	const said = [message, message_detail].filter(Boolean).join(' ');
	const shown = said && { message: code === undefined ? said : `${said} (code ${code})` };
	// Trouble on Pinterest's side proves nothing, whatever is said of it.
	if (status >= 500) return { ...shown };
	const meaning = BY_PROSE.find(([words]) => words.test(said))?.[1] ?? meaningOf(status, code);
	return { ...shown, ...meaning };
}

/** With 429 the numbers are those of limits. */
function meaningOf(status: number, code: number | undefined): Meaning {
	const known = code === undefined || status === 429 ? undefined : BY_CODE[code];
	const usual = status === 409 ? BY_CODE[409] : undefined;
	return { ...(known ?? usual), ...(code !== undefined && { rule: `pinterest.${code}` }) };
}
