import type { Hash } from 'node:crypto';
import type { Client } from '../kit/consent';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { Clock } from '../kit/clock';
import type { TokenStore } from '../kit/tokens';
import type { SandboxMedia, SandboxPost } from '../kit/types';

export interface XOptions {
	/** Merged over `x-client` / `x-secret` with n8n's local callbacks. */
	client?: Partial<Client>;
	/** User names; the first is the default. */
	accounts?: string[];
	/** The accounts that may post long texts and edit posts. */
	premium?: string[];
	/** Number of status reads that report a video or GIF as in processing; 1 if left out. */
	polls?: number;
	/** Status for a text that is too long: 403 (default) or 400; both occur. */
	tooLongStatus?: 400 | 403;
	/**
	 * The only accepted name of the parameter for the fields of posts; by default both, as X does.
	 */
	postFields?: 'post.fields' | 'tweet.fields' | 'either';
	/** false: limits are counted and shown, but nothing is refused. */
	rateLimits?: boolean;
}

export interface Settings extends Required<XOptions> {
	client: Client;
}

export function settings(options: XOptions): Settings {
	return {
		accounts: ACCOUNTS,
		premium: [],
		polls: 1,
		tooLongStatus: 403,
		postFields: 'either',
		rateLimits: true,
		...options,
		client: {
			id: 'x-client',
			secret: 'x-secret',
			name: 'n8n',
			redirectUris: REDIRECT_URIS.filter((uri) => !uri.includes('localhost')),
			...options.client,
		},
	};
}

export interface XPost extends SandboxPost {
	media: XMedia[];
	/** Ids of the earlier versions, and its own. */
	history: string[];
}

export interface XMedia extends SandboxMedia {
	key: string;
	account: string;
	category: string;
	totalBytes: number;
	state: 'open' | 'pending' | 'in_progress' | 'succeeded' | 'failed';
	pollsLeft: number;
	error?: { code: number; name: string; message: string };
	expiresAt: number;
	segments: Segment[];
	subtitles?: unknown[];
}

export interface Segment {
	index: number;
	length: number;
	sha256: string;
}

/** Data that only a running upload needs: the hash so far, and segments that came too early. */
export interface Assembly {
	hash: Hash;
	next: number;
	waiting: Map<number, Buffer>;
	broken: boolean;
	head?: Buffer;
}

export interface Community {
	id: string;
	name: string;
}

export interface XState {
	posts: XPost[];
	deleted: XPost[];
	media: XMedia[];
	reposts: Array<{ account: string; of: string }>;
	communities: Community[];
	/** Adds a post by anybody, such as a stranger's post to answer. */
	addPost(post: { account: string; text: string; quoteOf?: string }): XPost;
}

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: XState;
	tokens: TokenStore;
	newId(): string;
	assemblies: Map<string, Assembly>;
}

/** Stable decimal ids for user names. */
export function userId(account: string): string {
	const sum = [...account].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_999_937,
		7,
	);
	return `19${String(sum).padStart(9, '0')}00000000`;
}
