import { graphExplain } from '../Meta/errors';
import type { Meaning } from '../shared/contract/meaning';
import { facebookScopes, scopes } from './scopes';

const LATER: Meaning = { code: 'platform_unavailable' };
const CONTENT: Meaning = { code: 'platform_rejected' };
const MEDIA: Meaning = { code: 'media_rejected' };
/** Instagram has lost the container; a new one may work. */
const ANEW: Meaning = {
	code: 'platform_rejected',
	retryable: true,
	remediation: 'Publish the post again: Instagram has lost what it had prepared for it.',
};
const MEDIA_ANEW: Meaning = {
	code: 'media_rejected',
	retryable: true,
	remediation:
		'Instagram fetches media itself: the URL must lead to the file from the internet, without login, redirect or robots.txt rule against it. If it does, run again.',
};

/**
 * https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/error-codes.
 * Subcodes from 2207076 on are documented only by public clients, such as gitroomhq/postiz-app.
 */
export const SUBCODES: Readonly<Record<number, Meaning>> = {
	2207001: LATER,
	2207003: LATER,
	2207004: MEDIA,
	2207005: MEDIA,
	2207006: ANEW,
	// Also sent for a container that is only a few seconds old.
	2207008: { ...ANEW, repeatAfterMs: 15_000 },
	2207009: MEDIA,
	2207010: CONTENT,
	2207020: ANEW,
	2207023: CONTENT,
	2207026: MEDIA,
	2207027: { code: 'platform_unavailable', repeatAfterMs: 5000 },
	2207028: CONTENT,
	2207032: LATER,
	2207035: CONTENT,
	2207036: CONTENT,
	2207037: CONTENT,
	2207040: CONTENT,
	2207042: {
		code: 'quota_exceeded',
		remediation:
			'The account has published all that it may in 24 hours: see Account: Get Publishing Limit.',
	},
	2207050: {
		code: 'platform_rejected',
		remediation:
			'The account is inactive or restricted: log in to the Instagram app and do what it asks for.',
	},
	2207051: {
		code: 'platform_rejected',
		unsure: true,
		remediation: 'Instagram takes this for spam. Post less often, or something else.',
	},
	2207052: MEDIA_ANEW,
	2207053: { ...MEDIA_ANEW, remediation: 'The upload failed on the side of Instagram: run again.' },
	2207057: CONTENT,
	2207076: MEDIA,
	2207077: MEDIA_ANEW,
	2207081: CONTENT,
	2207082: { ...MEDIA_ANEW, remediation: 'The upload failed on the side of Instagram: run again.' },
};

export const explain = graphExplain({
	platform: 'instagram',
	subcodes: SUBCODES,
	permissions: `Connect the credential again with the permissions that are missing: publishing takes ${scopes.write.join(' and ')}, with Facebook Login ${facebookScopes.write.join(', ')}; comments, insights and deleting take ${scopes.extended.join(' and ')}, with Facebook Login ${facebookScopes.extended.join(', ')}. The account must be a professional one (for stories a business account), and without a role in your app the permissions need Advanced Access.`,
});
