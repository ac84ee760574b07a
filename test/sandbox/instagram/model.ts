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
	/** The Instagram app; merged over `instagram-client` / `instagram-secret`, callbacks https. */
	client?: Partial<Client>;
	/** Professional accounts by user name; the first is the default. */
	accounts?: string[];
	/** Those of them that are creators: they may not publish stories. */
	creators?: string[];
	/** See Threads: public https bases, each with the local address behind it. */
	crawl?: Record<string, string>;
	/** Status reads a container stays IN_PROGRESS; 1 if left out. */
	polls?: number;
	/** Take http and loopback redirect URIs, which the platform does not, for want of https. */
	insecureRedirects?: boolean;
	/** Answer the code swap as documented, `{"data":[{…}]}`, instead of flat as often seen. */
	nestedTokens?: boolean;
	/** Posts an account may publish in 24 hours; the pages say 100 or 50. */
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

/** What `media_type` asks for; an image has none. */
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
	/** The crawler is still at it. */
	fetching: boolean;
	/** Its bytes come to rupload. */
	upload?: Rupload;
	/** Subcode of the failure. */
	error?: number;
	published: boolean;
}

export interface InstagramMedia extends SandboxMedia {
	/** Absent where the bytes were uploaded. */
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
	/** The post it stands under. */
	post: string;
	/** The comment it answers. */
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
	/** When each account published, for the rolling quota. */
	used: Array<{ account: string; at: number }>;
	/** A comment by anybody, say of a stranger one wants to answer. */
	addComment(comment: Pick<Comment, 'post' | 'parent' | 'account' | 'text'>): Comment;
}

/** The two ways in: graph.instagram.com, and graph.facebook.com with a linked Page. */
export type Login = 'instagram' | 'facebook';

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: InstagramState;
	tokens: TokenStore;
	newId(): string;
	/** graph.facebook.com, with tokens of its own. */
	graph: GraphServer;
}

/** The id that posts are published under. */
export function userId(account: string): string {
	return stableId('17841', account);
}

/** What Instagram Login calls `id`; nothing is published under it. */
export function scopedId(account: string): string {
	return stableId('90010', account);
}

/** Every professional account, whichever login knows it. */
export function everyAccount({ settings, state }: Server): string[] {
	const linked = state.pages.flatMap(({ instagram }) => instagram?.username ?? []);
	return [...new Set([...settings.accounts, ...linked])];
}
