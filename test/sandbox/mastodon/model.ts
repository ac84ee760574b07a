import type { Client } from '../kit/consent';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { SandboxMedia, SandboxPost } from '../kit/types';

/**
 * `current`: Mastodon 4.7. `v1`: a server without /api/v2 endpoints, OAuth metadata and quotes.
 * `minimal`: like v1, and like snac2 without Idempotency-Key, scopes, limits and rate headers; it
 * has ids in hex, only `max_toot_chars` in its instance document, and 422 for a bad token.
 */
export type Dialect = 'current' | 'v1' | 'minimal';

export interface MastodonOptions {
	/** Merged over `mastodon-client` / `mastodon-secret` with n8n's local callbacks. */
	client?: Partial<Client>;
	/** Local user names; the first is the default. */
	accounts?: string[];
	dialect?: Dialect;
	/** Versions before 4.7 refuse a poll with media. */
	version?: string;
	maxCharacters?: number;
	/** Size of the largest video. */
	videoBytes?: number;
	/**
	 * Number of status reads that report a video, GIF or audio file as in processing; 1 if left out.
	 */
	polls?: number;
	/** false: limits are counted and shown, but nothing is refused. */
	rateLimits?: boolean;
	/** Some 4.x builds answer a repeated Idempotency-Key with 500. */
	idempotencyBug?: boolean;
}

export interface Settings {
	client: Client;
	accounts: string[];
	dialect: Dialect;
	version: string;
	maxCharacters: number;
	videoBytes: number;
	polls: number;
	rateLimits: boolean;
	idempotencyBug: boolean;
}

export function settings(options: MastodonOptions): Settings {
	const dialect = options.dialect ?? 'current';
	return {
		accounts: ACCOUNTS,
		version: dialect === 'current' ? '4.7.0' : '3.5.19',
		maxCharacters: 500,
		videoBytes: 103_809_024,
		polls: 1,
		rateLimits: true,
		idempotencyBug: false,
		...options,
		dialect,
		client: {
			id: 'mastodon-client',
			secret: 'mastodon-secret',
			name: 'n8n',
			redirectUris: REDIRECT_URIS,
			...options.client,
		},
	};
}

export type Visibility = 'public' | 'unlisted' | 'private' | 'direct';

export interface Poll {
	id: string;
	options: string[];
	expiresAt: number;
	multiple: boolean;
	hideTotals: boolean;
}

export interface StatusOptions extends Record<string, unknown> {
	visibility: Visibility;
	spoiler_text: string;
	sensitive: boolean;
	language: string | null;
	poll?: Poll;
	quote_approval_policy?: string;
	idempotencyKey?: string;
	application?: string;
}

export interface Status extends SandboxPost {
	media: MediaItem[];
	options: StatusOptions;
	editedAt?: string;
}

export interface MediaItem extends SandboxMedia {
	account: string;
	kind: 'image' | 'video' | 'gifv' | 'audio';
	focus?: { x: number; y: number };
	thumbnail?: { length: number; sha256: string };
	/** Number of status reads that still answer "processing". */
	pollsLeft: number;
	failed: boolean;
	attachedTo?: string;
}

export interface Scheduled {
	id: string;
	account: string;
	scheduledAt: number;
	createdAt: number;
	draft: Omit<Status, 'id' | 'url' | 'createdAt'>;
}

export interface Boost {
	id: string;
	account: string;
	of: string;
	createdAt: string;
}

export interface MastodonState {
	posts: Status[];
	deleted: Status[];
	boosts: Boost[];
	media: MediaItem[];
	scheduled: Scheduled[];
	apps: Client[];
	/**
	 * Adds a post by somebody else, on this server or (with `url`) on another one, that search finds.
	 */
	addPost(post: { account: string; text: string; url?: string; visibility?: Visibility }): Status;
}
