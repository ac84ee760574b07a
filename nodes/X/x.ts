import { webOf } from '../shared/connection/webOf';
import type { Platform } from '../shared/contract/platform';
import { MIB, MINUTE } from '../shared/units';
import { explain } from './errors';
import { searchCommunities, xOperations } from './operations';
import { xFormer, xOptions, type Options } from './options';
import { finish, publish } from './publish';
import { readBack } from './readBack';
import { revoke } from './revoke';
import { check } from './rules';
import { xScopes } from './scopes';

const PREMIUM_TEXT = 25_000;

/** https://docs.x.com/x-api/users/get-my-user */
interface User {
	id: string;
	username: string;
	name?: string;
	verified?: boolean;
	verified_type?: string;
	subscription_type?: string;
}

export const x: Platform = {
	id: 'x',
	name: 'X',
	docs: 'https://docs.x.com/x-api/posts/create-post',
	credentials: [
		{
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostXOAuth2Api',
			host: 'apiBaseUrl',
			scopes: xScopes,
			secrets: ['clientSecret'],
			token: { kind: 'refreshed', renewAheadMs: 5 * MINUTE },
			manage: 'https://x.com/settings/connected_apps',
			revoke: async (http, credential, token) => await revoke(x, http, credential, token),
		},
	],
	limits: {
		text: { max: 280, unit: 'weighted' },
		textOptional: true,
		// https://docs.x.com/x-api/posts/create-post
		poll: {
			answers: { min: 2, max: 4 },
			answer: { max: 25, unit: 'codePoints' },
			minutes: { min: 5, max: 10_080 },
			media: 'checked',
			rules: { count: 'poll.options', length: 'poll.option.length' },
		},
		// https://docs.x.com/x-api/media/quickstart/best-practices
		media: {
			image: {
				count: 4,
				bytes: 5 * MIB,
				types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
				from: 'bytes',
				alt: 1000,
			},
			gif: {
				count: 1,
				bytes: 15 * MIB,
				types: ['image/gif'],
				from: 'bytes',
				alt: 1000,
				pixels: 1280 * 1080,
			},
			video: {
				count: 1,
				bytes: 512 * MIB,
				types: ['video/mp4', 'video/quicktime'],
				from: 'bytes',
				ratio: { min: 1 / 3, max: 3 },
				framesPerSecond: { min: 0, max: 60 },
			},
		},
	},
	threads: true,
	options: xOptions,
	former: xFormer,
	operations: xOperations,
	pickers: { searchCommunities },
	readBack,
	cap: { posts: 50, days: 30, why: 'X bills every post.' },

	whoami: async (api) => {
		const { data } = await api.send<{ data: User }>({
			path: '/2/users/me',
			query: { 'user.fields': 'id,name,username,verified,verified_type,subscription_type' },
		});
		const { id, username, name, verified, verified_type, subscription_type } = data;
		return {
			id,
			name: username,
			url: `${webOf(api)}/${username}`,
			details: { name, verified, verified_type, subscription_type },
		};
	},
	publish,
	pending: [{ body: 'object', waiting: { id: 'id' } }],
	resume: finish,
	textRule: ({ options }, { text }) =>
		(options as Options).premium ? { ...text, max: PREMIUM_TEXT } : text,
	check,
	explain,
};
