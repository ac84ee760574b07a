import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Platform } from '../shared/contract/platform';
import type { Profile } from '../shared/contract/post';
import { DAY, MIB } from '../shared/units';
import { hasCard } from './content';
import { explain } from './errors';
import { shownText } from './littleText';
import { linkedInOperations } from './operations';
import { linkedInFormer, linkedInOptions, POLL_DURATIONS, type Options } from './options';
import { searchAuthors } from './organizations';
import { finish, publish, textOf } from './publish';
import { readBack } from './readBack';
import { check } from './rules';
import { linkedInScopes } from './scopes';
import { auth, granted, inspect } from './token';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const linkedIn: Platform = {
	id: 'linkedIn',
	name: 'LinkedIn',
	docs: 'https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api',
	credentials: [
		{
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostLinkedInOAuth2Api',
			host: 'apiBaseUrl',
			auth,
			scopes: linkedInScopes,
			secrets: ['clientSecret'],
			// Without a refresh token from LinkedIn, the user must connect again within 60 days.
			token: { kind: 'refreshed', renewAheadMs: DAY },
			manage: 'https://www.linkedin.com/mypreferences/d/data-sharing-for-permitted-services',
			inspect,
		},
	],
	// Files go to www.linkedin.com/dms-uploads.
	domains: ['linkedin.com'],
	limits: {
		text: { max: 3000, unit: 'utf16' },
		textOptional: true,
		title: {
			...{ of: 'a document or video', kinds: ['video', 'document'] },
			note: 'A document has the name of its file otherwise.',
		},
		// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api
		poll: {
			answers: { min: 2, max: 4 },
			answer: { max: 30, unit: 'utf16' },
			question: { max: 140, unit: 'utf16' },
			minutes: [...POLL_DURATIONS.keys()],
			media: 'checked',
			rules: { count: 'poll.options', length: 'poll.option.length' },
		},
		// Reported by clients; LinkedIn does not document it.
		firstComment: {
			...{ max: 1250, unit: 'utf16', unsure: true },
			note: 'Needs the scope w_member_social_feed or w_organization_social_feed.',
		},
		media: {
			// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
			image: {
				count: 20,
				// LinkedIn documents no limit in bytes, only one in pixels.
				bytes: 100 * MIB,
				types: ['image/jpeg', 'image/png', 'image/gif'],
				from: 'bytes',
				alt: 4086,
				pixels: 36_152_319,
			},
			// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api
			video: {
				count: 1,
				bytes: 500 * MIB,
				types: ['video/mp4'],
				from: 'bytes',
				seconds: { min: 3, max: 30 * 60 },
			},
			// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api
			document: {
				count: 1,
				bytes: 100 * MIB,
				// The last type is that of old Word and PowerPoint files.
				types: [
					'application/pdf',
					`${OFFICE}.presentationml.presentation`,
					`${OFFICE}.wordprocessingml.document`,
					'application/x-cfb',
				],
				from: 'bytes',
			},
		},
	},
	target: {
		name: 'Author',
		description:
			'The organization to post for; without one the member posts. The list needs the scope rw_organization_admin.',
		optional: true,
		picker: searchAuthors,
		placeholder: 'e.g. 5515715 or urn:li:organization:5515715',
	},
	options: linkedInOptions,
	former: linkedInFormer,
	operations: linkedInOperations,

	whoami,
	publish,
	readBack,
	pending: [{ body: 'object', waiting: { urn: 'id' }, account: 'object?', comment: 'text?' }],
	resume: finish,
	compose: (post) => shownText(textOf(post)),
	wordless: (post) =>
		hasCard(post) || post.poll !== undefined || Boolean((post.options as Options).reshare),
	check,
	explain,
};

/**
 * Answers of https://api.linkedin.com/v2/userinfo and /v2/me; the scopes decide which fields they
 * have.
 */
interface Member {
	sub: string;
	id: string;
	name?: string;
	email?: string;
	localizedFirstName?: string;
	localizedLastName?: string;
	vanityName?: string;
}

/**
 * Apps that have only the Community Management product lack OpenID, but can read the basic profile.
 */
async function whoami(api: Api): Promise<Profile> {
	const scopes = granted(api.token.scope);
	if (scopes.includes('r_basicprofile') && !scopes.includes('openid'))
		return await basicProfile(api);
	const { sub, name, email } = await api.send<Member>({ path: '/v2/userinfo' });
	return { id: sub, name: name ?? sub, ...(email && { details: { email } }) };
}

async function basicProfile(api: Api): Promise<Profile> {
	const {
		id,
		localizedFirstName: first,
		localizedLastName: last,
		vanityName,
	} = await api.send<Member>({ path: '/v2/me' });
	return {
		id,
		name: [first, last].filter(Boolean).join(' ') || id,
		...(vanityName && { url: `${webOf(api)}/in/${vanityName}` }),
	};
}
