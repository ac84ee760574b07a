import type { Reply } from '../shared/api';
import type { Failure, FailureCode } from '../shared/failure';
import { scopes } from './scopes';

interface GraphError {
	message?: string;
	code?: number;
	error_subcode?: number;
	error_user_msg?: string;
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const BY_CODE: Record<number, FailureCode> = {
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
	341: 'rate_limited',
	506: 'duplicate',
	613: 'rate_limited',
};

/** They say more than the code that they come with. */
const BY_SUBCODE: Record<number, Partial<Failure>> = {
	33: { code: 'not_found' },
	2207051: { code: 'platform_rejected' },
	2207052: {
		code: 'media_rejected',
		remediation:
			'Threads fetches media itself: the URL must lead to the file from the internet, without login, redirect or robots.txt rule against it.',
	},
	4279013: { code: 'platform_rejected' },
	// Sent for a container that is a few seconds old, also after it was said to be finished:
	// https://github.com/fbsamples/threads_api/issues/70
	4279009: { code: 'platform_unavailable', again: 5000 },
};

/** Refusals come with HTTP 400, sometimes with 200. */
export function explain({ body }: Reply): Partial<Failure> | undefined {
	const { error, error_type, error_message } = (body ?? {}) as {
		error?: GraphError;
		error_type?: string;
		error_message?: string;
	};
	if (typeof error === 'object' && error !== null) return explainGraph(error);
	// The token endpoint's own envelope; in a container's status `error_message` stands alone.
	if (error_type === undefined) return undefined;
	return { code: 'platform_auth_failed', rule: `threads.${error_type}`, message: error_message };
}

function explainGraph({ code = 0, error_subcode, message, error_user_msg }: GraphError) {
	const meaning = { code: codeOf(code), ...(error_subcode && BY_SUBCODE[error_subcode]) };
	const number = [code, error_subcode].filter(Boolean).join('/');
	return {
		...(meaning.code === 'permission_missing' && { remediation: permissionAdvice }),
		...meaning,
		rule: `threads.${number.replace('/', '.')}`,
		message: `${error_user_msg ?? message ?? 'no reason given'} (${number})`,
	};
}

function codeOf(code: number): FailureCode {
	if (code >= 200 && code < 300) return 'permission_missing';
	if (code >= 80_000 && code < 81_000) return 'rate_limited';
	return BY_CODE[code] ?? 'platform_rejected';
}

const permissionAdvice = `Connect the credential again with the permissions that are missing: publishing takes ${scopes.write.join(' and ')}, other operations ${scopes.extended.join(', ')}. An account that has no role in your app needs Advanced Access.`;
