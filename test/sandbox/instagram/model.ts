import type { Clock } from '../kit/clock';
import type { Client } from '../kit/consent';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { TokenStore } from '../kit/tokens';
import type { SandboxMedia, SandboxPost } from '../kit/types';
import {
	graphSettings,
	stableId,
	type GraphOptions,
	type GraphServer,
	type GraphState,
	type PageOption,
	type Rupload,
} from '../graph';

export interface InstagramOptions {
	/**
	 * The Instagram app; merged over `instagram-client` / `instagram-secret`, whose callbacks are
	 * https.
	 */
	client?: Partial<Client>;
	/** Professional accounts by user name; the first is the default. */
	accounts?: string[];
	/** The accounts that are creators, which may not publish stories. */
	creators?: string[];
	/** Public https base URLs, each with the local address behind it; see Threads. */
	crawl?: Record<string, string>;
	/** Number of status reads that report a container as IN_PROGRESS; 1 if left out. */
	polls?: number;
	/**
	 * Allows http and loopback redirect URIs, unlike the platform, because there is no https here.
	 */
	insecureRedirects?: boolean;
	/**
	 * Answers the code exchange as documented, `{"data":[{…}]}`, instead of flat as is often seen.
	 */
	nestedTokens?: boolean;
	/** Number of posts that an account may publish in 24 hours; the pages say 100 or 50. */
	quota?: number;
	/** The Meta app of Facebook Login, its people and their Pages. */
	facebook?: GraphOptions;
}

const PAGES: PageOption[] = [
	{ name: 'Demo Page', people: ['demo'], instagram: 'demo' },
	{ name: 'Second Page', people: ['demo', 'second'], instagram: 'second' },
	{ name: 'Page Without', people: ['demo'] },
];

export interface Settings extends Required<Omit<InstagramOptions, 'facebook'>> {
	client: Client;
}

export function facebookOptions({ facebook, crawl, insecureRedirects }: InstagramOptions) {
	const shared = { ...(crawl && { crawl }), insecureRedirects };
	const { pages = PAGES, ...more } = facebook ?? {};
	return { pages, settings: graphSettings({ ...shared, ...more }) };
}

export function settings(options: InstagramOptions): Settings {
	const { insecureRedirects = false } = options;
	const fits = (uri: string) => insecureRedirects || /^https:\/\/(?!localhost|127\.)/.test(uri);
	return {
		accounts: ACCOUNTS,
		creators: [],
		crawl: { 'https://n8n.example.com/': 'http://127.0.0.1:5678/' },
		polls: 1,
		nestedTokens: false,
		quota: 100,
		...options,
		insecureRedirects,
		client: {
			id: 'instagram-client',
			secret: 'instagram-secret',
			name: 'n8n',
			redirectUris: REDIRECT_URIS.filter(fits),
			...options.client,
		},
	};
}

/** The requested `media_type`; an image has none. */
export type MediaType = 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL';
export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED';

export interface Container {
	id: string;
	account: string;
	mediaType: MediaType;
	caption: string;
	isCarouselItem: boolean;
	media: InstagramMedia[];
	children: string[];
	options: Record<string, unknown>;
	createdAt: number;
	pollsLeft: number;
	/** Whether the crawler is still fetching. */
	fetching: boolean;
	/** Its bytes are sent to rupload. */
	upload?: Rupload;
	/** Subcode of the error. */
	error?: number;
	published: boolean;
}

export interface InstagramMedia extends SandboxMedia {
	/** Missing if the bytes were uploaded. */
	fetchedFrom?: string;
}

export interface InstagramPost extends SandboxPost {
	media: InstagramMedia[];
	mediaType: MediaType;
	shortcode: string;
	commentEnabled: boolean;
}

export interface Comment {
	id: string;
	/** The post that it comments on. */
	post: string;
	/** The comment that it answers. */
	parent?: string;
	account: string;
	text: string;
	hidden: boolean;
	createdAt: string;
}

export interface InstagramState extends GraphState {
	posts: InstagramPost[];
	deleted: InstagramPost[];
	comments: Comment[];
	containers: Container[];
	/** The times at which each account published, for the rolling quota. */
	used: Array<{ account: string; at: number }>;
	/** Adds a comment by anybody, such as a stranger's comment to answer. */
	addComment(comment: Pick<Comment, 'post' | 'parent' | 'account' | 'text'>): Comment;
}

/** The two logins: graph.instagram.com, and graph.facebook.com with a linked Page. */
export type Login = 'instagram' | 'facebook';

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: InstagramState;
	tokens: TokenStore;
	newId(): string;
	/** graph.facebook.com, with its own tokens. */
	graph: GraphServer;
}

/** The id for publishing. */
export function userId(account: string): string {
	return stableId('17841', account);
}

/** The `id` with Instagram Login, which cannot be used for publishing. */
export function scopedId(account: string): string {
	return stableId('90010', account);
}

/** All professional accounts of both logins. */
export function everyAccount({ settings, state }: Server): string[] {
	const linked = state.pages.flatMap(({ instagram }) => instagram?.username ?? []);
	return [...new Set([...settings.accounts, ...linked])];
}
