import type { IDataObject } from 'n8n-workflow';

import { endsWithin } from '../shared/connection/token';
import type { FailureCode } from '../shared/contract/failure';
import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';
import type { Platform } from '../shared/contract/platform';
import { lookUp } from '../shared/errors/lookUp';
import { blueskyOperations, searchLists } from './operations';
import { blueskyOptions } from './options';
import { finish, publish, readBack } from './publish';
import { webOf } from './refs';
import { check, wordless } from './rules';
import { serviceUrlOf } from './service';
import { close, open, renew } from './session';
import { textOf } from './text';

/** https://docs.bsky.app/docs/api/com-atproto-repo-put-record and the other calls' own pages. */
const MEANING: Record<string, FailureCode> = {
	ExpiredToken: 'platform_auth_failed',
	InvalidToken: 'platform_auth_failed',
	AuthMissing: 'platform_auth_failed',
	AuthenticationRequired: 'platform_auth_failed',
	AuthFactorTokenRequired: 'platform_auth_failed',
	AccountTakedown: 'platform_auth_failed',
	AccountDeactivated: 'platform_auth_failed',
	AccountNotFound: 'permission_missing',
	BlobNotFound: 'media_rejected',
	InvalidSize: 'media_rejected',
	InvalidMimeType: 'media_rejected',
	PayloadTooLarge: 'media_rejected',
	RecordNotFound: 'not_found',
	HandleNotFound: 'not_found',
	RateLimitExceeded: 'rate_limited',
	// A record stands at the key that we chose: reading it back tells whether it is ours.
	InvalidSwap: 'outcome_unknown',
};

/** The access token lives two hours; a request must not meet its end. */
const BEFORE = 60_000;
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

function explain({ status, body }: Reply): Meaning | undefined {
	if (status >= 200 && status < 300) return undefined;
	const { error, message } = (body ?? {}) as IDataObject as { error?: string; message?: string };
	if (typeof error !== 'string') return undefined;
	const code = lookUp(MEANING, error);
	return {
		...(code && { code }),
		rule: `bluesky.${error}`,
		message: message ? `${message} (${error})` : error,
		// Expiry is a 400 here: https://docs.bsky.app/docs/api/com-atproto-server-refresh-session
		tokenExpired: error === 'ExpiredToken' || error === 'InvalidToken',
	};
}
