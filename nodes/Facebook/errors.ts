import { graphExplain } from '../Meta/errors';
import type { Meaning } from '../shared/contract/meaning';
import { SECOND } from '../shared/units';
import { scopes } from './scopes';

const SMALLER: Meaning = {
	code: 'media_rejected',
	remediation: 'Photos are JPEG, PNG, GIF, TIFF or BMP; make it smaller than 4 MB.',
};
const LATER: Meaning = { code: 'platform_unavailable' };
const MEDIA: Meaning = { code: 'media_rejected' };
const AT_FACEBOOK: Meaning = {
	code: 'permission_missing',
	remediation:
		'Log in at facebook.com as the person who connected the credential and do what is asked for there; then run again.',
};

/**
 * Subcodes of uploads:
 * https://developers.facebook.com/documentation/video-api/reference/error-codes. The others are
 * documented only by public clients, such as gitroomhq/postiz-app.
 */
export const SUBCODES: Readonly<Record<number, Meaning>> = {
	1346003: { code: 'platform_rejected' },
	1349125: { code: 'platform_rejected' },
	1363019: { ...LATER, repeatAfterMs: SECOND },
	1363022: MEDIA,
	1363023: MEDIA,
	1363030: LATER,
	1363037: MEDIA,
	1363042: { code: 'permission_missing' },
	1363047: LATER,
	1366046: SMALLER,
	1366051: { code: 'duplicate', remediation: 'These photos stand in a post already.' },
	1404006: AT_FACEBOOK,
	1404078: {
		code: 'permission_missing',
		remediation:
			'The Page needs the publishing authorization that Facebook asks its admins for at facebook.com.',
	},
	1404102: { code: 'platform_rejected' },
	1404112: AT_FACEBOOK,
	1609005: {
		code: 'platform_rejected',
		remediation: 'Facebook could not read the linked page: check that it opens without login.',
	},
	1609008: {
		code: 'platform_rejected',
		remediation: 'Facebook takes no links to facebook.com here: put it into the text instead.',
	},
	1609010: LATER,
	2061006: { code: 'platform_rejected', remediation: 'Check the link: it is no URL to Facebook.' },
	2069019: MEDIA,
	4854002: AT_FACEBOOK,
};

export const explain = graphExplain({
	platform: 'facebook',
	subcodes: SUBCODES,
	permissions: `Connect the credential again with the permissions that are missing: publishing takes ${scopes.write.join(', ')}, other operations ${scopes.extended.join(', ')}. The person needs content tasks on the Page, and without a role in your app the permissions need Advanced Access.`,
});
