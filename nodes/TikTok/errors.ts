import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { Meaning } from '../shared/contract/meaning';
import { explainBy, type Entry } from '../shared/errors/explainBy';
import { lookUp } from '../shared/errors/lookUp';
import { MINUTE } from '../shared/units';
import { scopes } from './scopes';

const CONNECT_AGAIN = `Connect the credential again and leave nothing unticked at TikTok: publishing takes ${scopes.write.join(', ')}, drafts video.upload, listing videos video.list. The app needs each of them as well.`;

const SPAM: Meaning = { code: 'platform_rejected' };
const TODAY = 'TikTok lifts this limit after 24 hours; it counts posts through all apps.';

/**
 * https://developers.tiktok.com/doc/tiktok-api-v2-error-handling and the pages of the endpoints.
 * Both `invalid_param` and `invalid_params` occur.
 */
const BY_CODE: Record<string, Entry> = {
	invalid_param: { code: 'platform_rejected' },
	invalid_params: { code: 'platform_rejected' },
	invalid_file_upload: { code: 'media_rejected' },
	invalid_publish_id: { code: 'not_found' },
	token_not_authorized_for_specified_publish_id: { code: 'not_found' },
	app_version_check_failed: {
		code: 'platform_rejected',
		remediation: 'The creator has to update the TikTok app: drafts of photos need 31.8 or later.',
	},
	access_token_invalid: { code: 'platform_auth_failed', tokenExpired: true },
	scope_not_authorized: { code: 'permission_missing', remediation: CONNECT_AGAIN },
	scope_permission_missed: { code: 'permission_missing', remediation: CONNECT_AGAIN },
	unaudited_client_can_only_post_to_private_accounts: {
		code: 'permission_missing',
		remediation:
			'Until TikTok has audited the app, set the account itself to private in the TikTok app and choose the privacy Only Me; or apply for the audit at developers.tiktok.com.',
	},
	privacy_level_option_mismatch: {
		code: 'platform_rejected',
		remediation: 'Choose a privacy that Account: Get Creator Info lists for this account.',
	},
	url_ownership_unverified: {
		code: 'media_rejected',
		remediation:
			'Verify the domain or the beginning of the URL under URL Properties of the app at developers.tiktok.com. Videos can be uploaded instead.',
	},
	spam_risk_too_many_posts: { code: 'quota_exceeded', remediation: TODAY },
	spam_risk_too_many_pending_share: {
		code: 'quota_exceeded',
		remediation:
			'The creator has to finish or discard drafts in the inbox first: TikTok takes five in 24 hours.',
	},
	reached_active_user_cap: {
		code: 'quota_exceeded',
		remediation: 'Before its audit an app may post for five accounts in 24 hours.',
	},
	spam_risk_user_banned_from_posting: {
		code: 'platform_rejected',
		remediation: 'TikTok keeps this account from posting; the TikTok app says more.',
	},
	spam_risk: SPAM,
	spam_risk_text: SPAM,
	// TikTok counts requests per minute and does not say when the minute ends.
	rate_limit_exceeded: () => ({
		code: 'rate_limited',
		repeatAfterMs: MINUTE,
		retryAt: DateTime.utc().plus(MINUTE).toISO(),
	}),
	internal_error: { code: 'platform_unavailable' },
};

/**
 * Errors that pass; all others end the grant:
 * https://developers.tiktok.com/doc/oauth-error-handling
 */
const PASSING: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/**
 * Meanings of the reason for which processing failed:
 * https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status
 */
const BY_REASON: Record<string, Meaning> = {
	file_format_check_failed: { code: 'media_rejected' },
	duration_check_failed: { code: 'media_rejected' },
	frame_rate_check_failed: { code: 'media_rejected' },
	picture_size_check_failed: { code: 'media_rejected' },
	video_pull_failed: { code: 'media_rejected' },
	photo_pull_failed: { code: 'media_rejected' },
	internal: { code: 'platform_unavailable' },
	publish_cancelled: { code: 'platform_rejected' },
	auth_removed: { code: 'platform_auth_failed' },
};

/** Reads TikTok's envelope. Only the code `ok` means success, with any HTTP status. */
export const explain = explainBy({
	envelope: ({ error, error_description, log_id }, { status }) => {
		if (typeof error === 'string') {
			// A proxy may also send a word as error, but not the fields next to it.
			const isTikToks = error !== '' && (error_description ?? log_id) !== undefined;
			return isTikToks ? loginRefused(error, error_description, log_id) : undefined;
		}
		const { code = 'ok', message, log_id: log } = (error ?? {}) as IDataObject;
		if (code === 'ok' || typeof code !== 'string') return undefined;
		const rejected = status < 300 && { code: 'platform_rejected' as const };
		const shown = { rule: `tikTok.${code}`, message: worded(message, code, log) };
		return { ...rejected, ...shown, codes: [code] };
	},
	byCode: BY_CODE,
});

/** The token endpoint names its errors by a word. */
function loginRefused(error: string, description: unknown, log: unknown): Meaning {
	return {
		code: PASSING.has(error) ? 'platform_unavailable' : 'platform_auth_failed',
		rule: `tikTok.${error}`,
		message: worded(description, error, log),
	};
}

/** Adds code and log number to a message; TikTok's support asks for the log number. */
function worded(message: unknown, code: string, log: unknown) {
	const numbers = [code, log && `log ${String(log)}`].filter(Boolean).join(', ');
	return `${String(message || 'no reason given')} (${numbers})`;
}

/** Explains the reason for which processing failed. */
export function explainReason(reason = 'unknown') {
	return {
		code: 'platform_rejected' as const,
		...(lookUp(BY_REASON, reason) ?? lookUp(BY_CODE, reason)),
		rule: `tikTok.status.${reason}`,
		message: `TikTok did not publish the post: ${reason}`,
	};
}
