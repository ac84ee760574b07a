import { endsWithin } from '../shared/connection/token';
import { webOf } from '../shared/connection/webOf';
import type { Platform } from '../shared/contract/platform';
import { MINUTE } from '../shared/units';
import { explain } from './errors';
import { blueskyOperations, searchLists } from './operations';
import { blueskyOptions } from './options';
import { finish, publish, readBack } from './publish';
import { check, wordless } from './rules';
import { serviceUrlOf } from './service';
import { close, open, renew } from './session';
import { textOf } from './text';

/**
 * Renews the access token, which is valid for two hours, this many ms before its end, so that it
 * does not expire during a request.
 */
const BEFORE = MINUTE;
const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const;

export const bluesky: Platform = {
	id: 'bluesky',
	name: 'Bluesky',
	docs: 'https://docs.bsky.app/docs/advanced-guides/posts',
	credentials: [
		{
			choice: 'appPassword',
			name: 'App Password',
			type: 'crosspostBlueskyApi',
			host: 'serviceUrl',
			base: serviceUrlOf,
			secrets: ['appPassword'],
			manage: 'https://bsky.app/settings/app-passwords',
			revokes: 'session',
			revoke: async (http, credential, token) => await close(bluesky, http, credential, token),
			token: {
				kind: 'custom',
				fingerprint: ({ serviceUrl, identifier, appPassword }) =>
					JSON.stringify([serviceUrl, identifier, appPassword]),
				obtain: async (http, credential) => await open(bluesky, http, credential),
				renew: async (http, credential, token) => await renew(bluesky, http, credential, token),
				renewAheadMs: BEFORE,
				needsRenewal: (token, now) => endsWithin(token, BEFORE, now),
			},
		},
	],
	limits: {
		// https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
		text: { max: 300, unit: 'graphemes', maxBytes: 3000 },
		textOptional: true,
		media: {
			image: { count: 10, bytes: 2_000_000, types: IMAGES, from: 'bytes', alt: 2000 },
			video: {
				count: 1,
				bytes: 300_000_000,
				types: ['video/mp4', 'video/quicktime', 'video/webm', 'video/mpeg'],
				from: 'bytes',
				alt: 2000,
				seconds: { min: 0, max: 600 },
			},
		},
	},
	threads: true,
	options: blueskyOptions,
	operations: blueskyOperations,
	pickers: { searchLists },
	readBack,

	whoami: async (api) => {
		const session = await api.send<{ did: string; handle: string; active?: boolean }>({
			path: '/xrpc/com.atproto.server.getSession',
		});
		return {
			id: session.did,
			name: session.handle,
			url: `${webOf(api)}/profile/${session.did}`,
			details: { active: session.active ?? true },
		};
	},
	publish,
	pending: [
		{
			repo: 'id',
			rkey: 'id',
			record: 'object',
			film: 'object?',
			gates: { collection: 'id', value: 'object' },
		},
	],
	resume: finish,
	compose: textOf,
	wordless,
	check,
	explain,
};
