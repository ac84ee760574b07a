import type { Clock } from '../kit/clock';
import type { Client } from '../kit/consent';
import type { Fetched } from '../kit/crawler';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { TokenStore } from '../kit/tokens';
import type { SandboxMedia, SandboxPost } from '../kit/types';

export interface PinterestOptions {
	/** Merged over `pinterest-client` / `pinterest-secret` with n8n's local callbacks. */
	client?: Partial<Client>;
	/** User names; the first is the default. */
	accounts?: string[];
	/** With `trial`, production accepts no Pins. */
	tier?: 'trial' | 'standard';
	/**
	 * An app from before 2025-09-25: without `continuous_refresh` its connections cannot be renewed.
	 */
	oldApp?: boolean;
	/**
	 * Public https base URLs from which images are fetched, each with the local address behind it.
	 * Default: `https://n8n.example.com/` is n8n on port 5678.
	 */
	crawl?: Record<string, string>;
	/** Number of status reads that report a video as in processing; 1 if left out. */
	polls?: number;
	/** false: limits are counted and shown, but nothing is refused. */
	rateLimits?: boolean;
}

export interface Settings extends Required<PinterestOptions> {
	client: Client;
}

export function settings(options: PinterestOptions): Settings {
	return {
		accounts: ACCOUNTS,
		tier: 'standard',
		oldApp: false,
		crawl: { 'https://n8n.example.com/': 'http://127.0.0.1:5678/' },
		polls: 1,
		rateLimits: true,
		...options,
		client: {
			id: 'pinterest-client',
			secret: 'pinterest-secret',
			name: 'n8n',
			redirectUris: REDIRECT_URIS,
			...options.client,
		},
	};
}

/** Pinterest has two environments, each with its own hosts, tokens and content. */
export type Environment = 'production' | 'sandbox';

/** Production is at the server's root, the API sandbox below this path. */
export const SANDBOX_PATH = '/api-sandbox';

export interface Board {
	id: string;
	account: string;
	name: string;
	description: string | null;
	privacy: 'PUBLIC' | 'PROTECTED' | 'SECRET';
	is_ads_only: boolean;
	createdAt: string;
	sections: Array<{ id: string; name: string }>;
}

export interface Pin extends SandboxPost {
	boardId: string;
	sectionId: string | null;
	title: string | null;
	link: string | null;
	altText: string | null;
	dominantColor: string | null;
	mediaType: 'image' | 'multiple_images' | 'video';
}

export interface Upload extends SandboxMedia {
	account: string;
	status: 'registered' | 'processing' | 'succeeded' | 'failed';
	pollsLeft: number;
	refused: boolean;
	/** The form fields that must be sent with the file. */
	parameters: Record<string, string>;
	expiresAt: number;
}

export interface World {
	posts: Pin[];
	deleted: Pin[];
	boards: Board[];
	uploads: Upload[];
}

export interface PinterestState extends World {
	/** The same for the API sandbox. */
	sandbox: World;
	/** Every address from which images were requested. */
	fetched: Fetched[];
	addBoard(board: Partial<Board>): Board;
	addPin(pin: Partial<Pin>): Pin;
}

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	tokens: TokenStore;
	state: PinterestState;
	environment: Environment;
	/** The content of this environment. */
	world: World;
	newId(): string;
}

/** Stable decimal ids for user names; a number cannot hold them exactly. */
export function userId(account: string): string {
	const sum = [...account].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_999_937,
		7,
	);
	return `813744226${String(sum).padStart(9, '0')}`;
}
