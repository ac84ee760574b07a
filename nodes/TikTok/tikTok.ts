import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Platform } from '../shared/contract/platform';
import { GIB } from '../shared/units';
import { granted, limitsOf, privaciesOf } from './creator';
import { explain } from './errors';
import { tikTokOperations } from './operations';
import { isDraft, tikTokFormer, tikTokOptions } from './options';
import { finish } from './progress';
import { publish } from './publish';
import { readBack } from './readBack';
import { check, isPhotos } from './rules';
import { scopes } from './scopes';
import { BEFORE, due, open, renew, revoke } from './token';

const MB = 1_000_000;
/** https://developers.tiktok.com/doc/content-posting-api-reference-photo-post */
const DESCRIPTION = 4000;

/**
 * Fields by the scope that they need: https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info
 */
const USER_FIELDS: Record<string, string> = {
	'user.info.basic': 'open_id,union_id,avatar_url,display_name',
	'user.info.profile': 'username,bio_description,profile_deep_link,is_verified',
	'user.info.stats': 'follower_count,following_count,likes_count,video_count',
};

export const tikTok: Platform = {
	id: 'tikTok',
	name: 'TikTok',
	docs: 'https://developers.tiktok.com/doc/content-posting-api-get-started',
	credentials: [
		{
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostTikTokOAuth2Api',
			host: 'apiBaseUrl',
			scopes,
			secrets: ['clientSecret'],
			token: {
				kind: 'custom',
				obtain: async (http, credential) => await open(tikTok, http, credential),
				renew: async (http, credential, token) => await renew(tikTok, http, credential, token),
				needsRenewal: due,
				renewAheadMs: BEFORE,
				canRenew: (_credential, { refresh_token }) => !!refresh_token,
			},
			manage: 'https://www.tiktok.com/setting',
			revoke: async (http, credential, token) => await revoke(tikTok, http, credential, token),
		},
	],
	limits: {
		text: { max: 2200, unit: 'utf16' },
		textOptional: true,
		mediaRequired: true,
		// https://developers.tiktok.com/doc/content-posting-api-reference-photo-post
		title: {
			...{ of: 'a post of photos', kinds: ['image'], max: 90, unit: 'utf16' },
			rule: 'photoTitle.length',
			note: 'The text is its description.',
		},
		// https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
		media: {
			video: {
				count: 1,
				bytes: 4 * GIB,
				types: ['video/mp4', 'video/quicktime', 'video/webm'],
				from: 'bytes',
				seconds: { min: 0, max: 600 },
			},
			image: { count: 35, bytes: 20 * MB, types: ['image/jpeg', 'image/webp'], from: 'url' },
		},
	},
	choices: { privacies: privaciesOf },
	options: tikTokOptions,
	former: tikTokFormer,
	operations: tikTokOperations,

	whoami: async (api) => {
		const user = await userOf(api);
		const { open_id, username, display_name, profile_deep_link } = user;
		return {
			id: String(open_id),
			name: String(username ?? display_name),
			...(username && { url: `${webOf(api)}/@${String(username)}` }),
			details: {
				displayName: display_name,
				profileLink: profile_deep_link,
				biography: user.bio_description,
				verified: user.is_verified,
				followers: user.follower_count,
			},
		};
	},
	publish,
	readBack,
	pending: [{ publishId: 'id', kind: 'text?', open: 'boolean?', username: 'text?' }],
	resume: finish,
	limitsOf,
	limitsAnew: (options) => !isDraft(options),
	textRule: (post, { text }) => (isPhotos(post) ? { ...text, max: DESCRIPTION } : text),
	check,
	explain,
};

/**
 * Reads only the fields of granted scopes: a user may grant fewer, and TikTok refuses a request
 * with one field too many.
 */
async function userOf(api: Api) {
	const fields = Object.entries(USER_FIELDS)
		.filter(([scope]) => (api.token.scope ? granted(api, scope) : scope === 'user.info.basic'))
		.map(([, names]) => names)
		.join(',');
	const { data } = await api.send<{ data: { user: Record<string, string | number | boolean> } }>({
		path: '/v2/user/info/',
		query: { fields },
	});
	return data.user;
}
