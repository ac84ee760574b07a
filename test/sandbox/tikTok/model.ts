import type { Hash } from 'node:crypto';
import type { Clock } from '../kit/clock';
import type { Client } from '../kit/consent';
import type { Fetched } from '../kit/crawler';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { TokenStore } from '../kit/tokens';
import type { SandboxMedia, SandboxPost } from '../kit/types';

export interface TikTokOptions {
	/** Merged over `tikTok-client` / `tikTok-secret`, whose callbacks are https. */
	client?: Partial<Client>;
	/** User names; the first is the default. */
	accounts?: string[];
	/** Those of them whose account is private. */
	privateAccounts?: string[];
	/** What accounts have switched off in the app, by user name. */
	switchedOff?: Record<string, Array<'comment' | 'duet' | 'stitch'>>;
	/** The longest video an account may post, in seconds. */
	longestVideo?: number;
	/** false: an app before the audit, which posts for private accounts and to themselves only. */
	audited?: boolean;
	/** Scopes the user leaves out at the consent, whatever was asked for. */
	declined?: string[];
	/**
	 * Public https bases the crawler knows, each with the local address behind it. It fetches from
	 * no other private or loopback host. Default: `https://n8n.example.com/` is n8n on port 5678.
	 */
	crawl?: Record<string, string>;
	/** URL prefixes that were verified as the app's own; those of `crawl` if left out. */
	verified?: string[];
	/** Status reads a post stays in processing; 1 if left out. */
	polls?: number;
	/** Further status reads until a public post has been looked at and its id is told. */
	moderation?: number;
	/** What a chunk that is there already gets: 416 (the default), or the answer of before. */
	repeatedChunk?: 'refuse' | 'accept';
	/** Take http and loopback redirect URIs, which the platform does not, for want of https. */
	insecureRedirects?: boolean;
	/** false: limits are counted, but never refuse. */
	rateLimits?: boolean;
}

export interface Settings extends Required<TikTokOptions> {
	client: Client;
}

export function settings(options: TikTokOptions): Settings {
	const {
		insecureRedirects = false,
		crawl = { 'https://n8n.example.com/': 'http://127.0.0.1:5678/' },
	} = options;
	const fits = (uri: string) => insecureRedirects || /^https:\/\/[^?#]+$/.test(uri);
	const client = {
		id: 'tikTok-client',
		secret: 'tikTok-secret',
		name: 'n8n',
		redirectUris: REDIRECT_URIS.filter(fits),
		...options.client,
	};
	const wrong = client.redirectUris.filter((uri) => !fits(uri));
	if (wrong.length)
		throw new Error(`TikTok takes static https redirect URIs only, not ${wrong.join(', ')}`);
	return {
		accounts: ACCOUNTS,
		privateAccounts: [],
		switchedOff: {},
		longestVideo: 600,
		audited: true,
		declined: [],
		verified: Object.keys(crawl),
		polls: 1,
		moderation: 0,
		repeatedChunk: 'refuse',
		rateLimits: true,
		...options,
		insecureRedirects,
		crawl,
		client,
	};
}

export type Status =
	| 'PROCESSING_UPLOAD'
	| 'PROCESSING_DOWNLOAD'
	| 'SEND_TO_USER_INBOX'
	| 'PUBLISH_COMPLETE'
	| 'FAILED';

/** One publish_id. */
export interface Task {
	publishId: string;
	account: string;
	/** Into the profile, or into the inbox of the creator. */
	draft: boolean;
	kind: 'video' | 'photo';
	info: Record<string, unknown>;
	source: Record<string, unknown>;
	createdAt: number;
	media: SandboxMedia[];
	/** All bytes are there, or fetched. */
	taken: boolean;
	pollsLeft: number;
	moderationLeft: number;
	failed?: string;
	/** The post that came of it. */
	post?: string;
	upload?: Upload;
}

export interface Upload {
	size: number;
	chunkSize: number;
	chunks: number;
	/** Chunks that are in. */
	done: number;
	received: number;
	expiresAt: number;
}

export interface TikTokPost extends SandboxPost {
	kind: Task['kind'];
	privacy: string;
	publishId: string;
}

export interface TikTokState {
	posts: TikTokPost[];
	/** What waits in the inboxes of creators. */
	drafts: Task[];
	tasks: Task[];
	/** Every address the crawler was sent to. */
	fetched: Fetched[];
	/** A video of the account that was made in the app. */
	addPost(post: { account: string; text: string }): TikTokPost;
}

/** What only an upload under way needs. */
export interface Receiving {
	task: Task;
	token: string;
	hash: Hash;
	head: Buffer;
	/** A fault asked for when the upload began. */
	refuse?: boolean;
}

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: TikTokState;
	tokens: TokenStore;
	newId(): string;
	/** By upload_id. */
	receiving: Map<string, Receiving>;
}

/** Stable ids for user names, as an app sees them. */
export function openId(account: string): string {
	const sum = [...account].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_999_937,
		7,
	);
	return `-000${String(sum).padStart(9, '0')}-${account}`;
}
