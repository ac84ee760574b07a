import { longLivedTokens } from '../Meta/longLivedTokens';
import { webOf } from '../shared/connection/webOf';
import type { Platform } from '../shared/contract/platform';
import { GIB, MIB } from '../shared/units';
import { explain } from './errors';
import { threadsOperations } from './operations';
import { threadsFormer, threadsOptions } from './options';
import { publish, resume } from './publish';
import { readBack } from './readBack';
import { check } from './rules';
import { scopes } from './scopes';
import { textOf } from './text';

interface User {
	id: string;
	username: string;
	name?: string;
	threads_biography?: string;
	is_verified?: boolean;
}

const tokens = longLivedTokens({
	platform: () => threads,
	grant: 'th',
	debug: '/v1.0/debug_token',
});

/** Threads has no request to revoke a permission. */
const connection = {
	host: 'apiBaseUrl',
	scopes,
	manage: 'https://www.threads.net/settings/website_permissions',
	inspect: tokens.inspect,
};

/** Limits: https://developers.facebook.com/docs/threads/overview */
export const threads: Platform = {
	id: 'threads',
	name: 'Threads',
	docs: 'https://developers.facebook.com/docs/threads/posts',
	credentials: [
		{
			...connection,
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostThreadsOAuth2Api',
			secrets: ['clientSecret'],
			token: tokens.connected,
		},
		{
			...connection,
			choice: 'accessToken',
			name: 'Access Token',
			type: 'crosspostThreadsAccessTokenApi',
			secrets: ['accessToken', 'clientSecret'],
			token: tokens.pasted,
		},
	],
	limits: {
		text: { max: 500, unit: 'emojiBytes' },
		textOptional: true,
		// https://developers.facebook.com/docs/threads/posts
		poll: {
			answers: { min: 2, max: 4 },
			answer: { max: 25, unit: 'codePoints' },
			note: 'Not together with media.',
		},
		media: {
			image: {
				count: 20,
				bytes: 8 * MIB,
				types: ['image/jpeg', 'image/png'],
				from: 'url',
				alt: 1000,
				ratio: { min: 0.1, max: 10 },
			},
			video: {
				count: 20,
				bytes: GIB,
				types: ['video/mp4', 'video/quicktime'],
				from: 'url',
				alt: 1000,
				seconds: { min: 0, max: 300 },
				ratio: { min: 0.01, max: 10 },
				width: 1920,
				framesPerSecond: { min: 23, max: 60 },
			},
		},
		mixed: { kinds: ['image', 'video'], count: 20 },
	},
	threads: true,
	options: threadsOptions,
	former: threadsFormer,
	operations: threadsOperations,

	whoami: async (api) => {
		const user = await api.send<User>({
			path: '/v1.0/me',
			query: { fields: 'id,username,name,threads_biography,is_verified' },
		});
		return {
			id: String(user.id),
			name: user.username,
			url: `${webOf(api)}/@${user.username}`,
			details: {
				displayName: user.name,
				biography: user.threads_biography,
				verified: user.is_verified,
			},
		};
	},
	publish,
	pending: [
		{ container: 'id', text: 'text?', type: 'text?' },
		{ children: 'texts', type: 'text', text: 'text', since: 'number', fields: 'object?' },
	],
	resume,
	readBack,
	compose: textOf,
	check,
	explain,
};
