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
	/** The accounts that are private. */
	privateAccounts?: string[];
	/** The features that accounts have switched off in the app, by user name. */
	switchedOff?: Record<string, Array<'comment' | 'duet' | 'stitch'>>;
	/** Seconds of the longest video that an account may post. */
	longestVideo?: number;
	/**
	 * false: an app before the audit, which posts only for private accounts and only visible to
	 * themselves.
	 */
	audited?: boolean;
	/** Scopes that the user deselects, whatever the app asked for. */
	declined?: string[];
	/**
	 * Public https base URLs that the crawler knows, each with the local address behind it. The
	 * crawler fetches from no other private or loopback host. Default: `https://n8n.example.com/` is
	 * n8n on port 5678.
	 */
	crawl?: Record<string, string>;
	/** URL prefixes that were verified for the app; those of `crawl` if left out. */
	verified?: string[];
	/** Number of status reads that report a post as in processing; 1 if left out. */
	polls?: number;
	/** Number of further status reads until a public post is reviewed and its id is shown. */
	moderation?: number;
	/** The answer to a chunk that was already sent: 416 (the default), or the first answer again. */
	repeatedChunk?: 'refuse' | 'accept';
	/**
	 * Allows http and loopback redirect URIs, unlike the platform, because there is no https here.
	 */
	insecureRedirects?: boolean;
	/** false: limits are counted, but nothing is refused. */
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

/** The work behind one publish_id. */
export interface Task {
	publishId: string;
	account: string;
	/** Whether it goes into the creator's inbox instead of the profile. */
	draft: boolean;
	kind: 'video' | 'photo';
	info: Record<string, unknown>;
	source: Record<string, unknown>;
	createdAt: number;
	media: SandboxMedia[];
	/** Whether all bytes have been uploaded or fetched. */
	taken: boolean;
	pollsLeft: number;
	moderationLeft: number;
	failed?: string;
	/** The resulting post. */
	post?: string;
	upload?: Upload;
}

export interface Upload {
	size: number;
	chunkSize: number;
	chunks: number;
	/** Number of received chunks. */
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
	/** Drafts in the inboxes of creators. */
	drafts: Task[];
	tasks: Task[];
	/** Every address that the crawler fetched. */
	fetched: Fetched[];
	/** Adds a video that the account made in the app. */
	addPost(post: { account: string; text: string }): TikTokPost;
}

/** Data that only a running upload needs. */
export interface Receiving {
	task: Task;
	token: string;
	hash: Hash;
	head: Buffer;
	/** Whether a fault of the init request refuses the upload. */
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

/** Stable ids for user names, as an app gets them. */
export function openId(account: string): string {
	const sum = [...account].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_999_937,
		7,
	);
	return `-000${String(sum).padStart(9, '0')}-${account}`;
}
