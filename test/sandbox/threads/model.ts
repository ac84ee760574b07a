import type { Clock } from '../kit/clock';
import type { Client } from '../kit/consent';
import type { Fetched } from '../kit/crawler';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { TokenStore } from '../kit/tokens';
import type { SandboxMedia, SandboxPost } from '../kit/types';

export interface ThreadsOptions {
	/** Merged over `threads-client` / `threads-secret`, whose callbacks are https. */
	client?: Partial<Client>;
	/** User names; the first is the default. */
	accounts?: string[];
	/**
	 * Public https base URLs that the crawler knows, each with the local address behind it. The
	 * crawler fetches from no other private or loopback host. Default: `https://n8n.example.com/` is
	 * n8n on port 5678.
	 */
	crawl?: Record<string, string>;
	/** Number of status reads that report a container with media as IN_PROGRESS; 1 if left out. */
	polls?: number;
	/** The same for containers with only text; 0 if left out. */
	textPolls?: number;
	/**
	 * Allows http and loopback redirect URIs, unlike the platform, because there is no https here.
	 */
	insecureRedirects?: boolean;
	/** Accounts that may limit a post to countries. */
	geoGating?: string[];
}

export interface Settings extends Required<ThreadsOptions> {
	client: Client;
}

export function settings(options: ThreadsOptions): Settings {
	const { insecureRedirects = false } = options;
	const fits = (uri: string) => insecureRedirects || /^https:\/\/(?!localhost|127\.)/.test(uri);
	const client = {
		id: 'threads-client',
		secret: 'threads-secret',
		name: 'n8n',
		redirectUris: REDIRECT_URIS.filter(fits),
		...options.client,
	};
	const wrong = client.redirectUris.filter((uri) => !fits(uri));
	if (wrong.length)
		throw new Error(`Threads takes https redirect URIs only, not ${wrong.join(', ')}`);
	return {
		accounts: ACCOUNTS,
		crawl: { 'https://n8n.example.com/': 'http://127.0.0.1:5678/' },
		polls: 1,
		textPolls: 0,
		geoGating: [],
		...options,
		insecureRedirects,
		client,
	};
}

export type MediaType = 'TEXT' | 'IMAGE' | 'VIDEO' | 'CAROUSEL';
export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED';

export interface Container {
	id: string;
	account: string;
	mediaType: MediaType;
	text: string;
	isCarouselItem: boolean;
	media: ThreadsMedia[];
	children: string[];
	replyTo?: string;
	quoteOf?: string;
	options: Record<string, unknown>;
	createdAt: number;
	pollsLeft: number;
	/** Whether the crawler is still fetching. */
	fetching: boolean;
	error?: string;
	published: boolean;
}

export interface ThreadsMedia extends SandboxMedia {
	fetchedFrom: string;
}

export interface ThreadsPost extends SandboxPost {
	media: ThreadsMedia[];
	mediaType: MediaType | 'REPOST_FACADE';
	shortcode: string;
	hidden?: boolean;
}

export interface ThreadsState {
	posts: ThreadsPost[];
	deleted: ThreadsPost[];
	containers: Container[];
	/** Every address that the crawler fetched. */
	fetched: Fetched[];
	/** The actions of each account with their times, for the rolling quotas. */
	used: Array<{ account: string; what: 'post' | 'reply' | 'delete'; at: number }>;
	/** Adds a post by anybody, such as a stranger's post to answer. */
	addPost(post: { account: string; text: string; replyTo?: string }): ThreadsPost;
}

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: ThreadsState;
	tokens: TokenStore;
	newId(): string;
}

/** Stable ids for user names: 17 digits, which a number cannot hold exactly. */
export function userId(account: string): string {
	const sum = [...account].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_999_937,
		7,
	);
	return `24000000${String(sum).padStart(9, '0')}`;
}
