import { facebookLogin } from '../Meta/login';
import { at, graphAuth } from '../Meta/request';
import type { Platform } from '../shared/contract/platform';
import { GIB, MIB } from '../shared/units';
import { explain } from './errors';
import { finish } from './finish';
import { facebookOperations } from './operations';
import { facebookOptions } from './options';
import { searchPages } from './place';
import { publish } from './publish';
import { readBack } from './readBack';
import { AHEAD, check } from './rules';
import { scopes } from './scopes';
import { attachedLink, textOf } from './text';

const { connected, pasted, inspect, revoke } = facebookLogin(() => facebook);

const connection = {
	host: 'apiBaseUrl',
	auth: graphAuth,
	scopes,
	manage: 'https://www.facebook.com/settings?tab=business_tools',
	inspect,
	revoke,
};

/**
 * Limits: https://developers.facebook.com/docs/graph-api/reference/page/photos,
 * https://developers.facebook.com/docs/video-api/reference and
 * https://developers.facebook.com/documentation/video-api/reference/error-codes
 */
export const facebook: Platform = {
	id: 'facebook',
	name: 'Facebook Pages',
	docs: 'https://developers.facebook.com/documentation/pages-api/posts',
	credentials: [
		{
			...connection,
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostFacebookOAuth2Api',
			secrets: ['clientSecret'],
			token: connected,
		},
		{
			...connection,
			choice: 'accessToken',
			name: 'Access Token',
			type: 'crosspostFacebookAccessTokenApi',
			secrets: ['accessToken', 'clientSecret'],
			token: pasted,
		},
	],
	// Files go to rupload.facebook.com.
	domains: ['facebook.com'],
	limits: {
		// Facebook documents no text length and no number of photos; these values only stop extreme
		// input.
		text: { max: 63_206, unit: 'codePoints' },
		textOptional: true,
		title: { of: 'a video or Reel', kinds: ['video'] },
		schedule: { ahead: AHEAD, note: 'For Reels at most 29 days. Not for stories.' },
		firstComment: { note: 'Needs the permission pages_manage_engagement. Not for stories.' },
		media: {
			image: {
				count: 50,
				bytes: 10 * MIB,
				types: ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/tiff'],
				from: 'bytes',
				alt: 5000,
			},
			video: {
				count: 1,
				bytes: 2 * GIB,
				types: [
					'video/mp4',
					'video/quicktime',
					'video/x-msvideo',
					'video/x-matroska',
					'video/mpeg',
					'video/3gpp',
					'video/3gpp2',
					'video/x-flv',
					'video/x-ms-asf',
					'video/ogg',
				],
				from: 'bytes',
			},
		},
	},
	target: {
		name: 'Page',
		description: 'The Facebook Page to post to',
		picker: searchPages,
		placeholder: 'e.g. 102345678901234',
	},
	options: facebookOptions,
	operations: facebookOperations,

	whoami: async (api) => {
		const { id, name } = await api.send<{ id: string; name: string }>({
			path: at(api, '/me'),
			query: { fields: 'id,name' },
		});
		return { id: String(id), name };
	},
	publish,
	pending: [
		{ page: 'id', kind: 'text?', video: 'id', post: 'id?', comment: 'text?', scheduled: 'number?' },
	],
	resume: finish,
	readBack,
	compose: textOf,
	wordless: (post) => attachedLink(post) !== undefined,
	check,
	explain,
};
