import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { Client } from '../kit/consent';
import type { Clock } from '../kit/clock';
import type { TokenStore } from '../kit/tokens';
import type { SandboxMedia, SandboxPost } from '../kit/types';
import type { Mention } from './littleText';

export interface Organization {
	id: string;
	name: string;
	vanityName: string;
	/** Roles by account; https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role */
	roles: Record<string, string>;
}

export interface LinkedInOptions {
	/** Merged over `linkedIn-client` / `linkedIn-secret` with n8n's local callbacks. */
	client?: Partial<Client>;
	/** The first is the default. */
	accounts?: string[];
	organizations?: Organization[];
	/** Scopes of the app's products. */
	products?: string[];
	/** LinkedIn gives refresh tokens to approved partners only. */
	refreshTokens?: boolean;
	/** Versions that are not retired. */
	versions?: string[];
	/** Whether batch requests are allowed; the Development tier does not allow them. */
	batches?: boolean;
	/** Ms from the last byte of a file until it can be used. */
	processing?: number;
	/** Whether a member's token may read the status of a video; both cases occur. */
	memberVideoStatus?: boolean;
	/** Whether ids in headers are percent-encoded. */
	encodedIds?: boolean;
	/** Whether a part's ETag is in quotation marks. */
	quotedEtags?: boolean;
	/** Size of a video's parts. */
	partSize?: number;
	/** Number of calls by a member in a day before the daily limit applies. */
	dailyCalls?: number;
}

export interface Settings extends Required<LinkedInOptions> {
	client: Client;
}

const DAILY_CALLS = 100_000;

/** https://learn.microsoft.com/en-us/linkedin/marketing/integrations/migrations */
const VERSIONS = ['01', '02', '03', '04', '05', '06', '07', '08', '09'].map(
	(month) => `2026${month}`,
);

export const MEMBER_SCOPES = ['openid', 'profile', 'email', 'w_member_social'];
export const ORGANIZATION_SCOPES = [
	'r_basicprofile',
	'w_organization_social',
	'r_organization_social',
	'rw_organization_admin',
	'w_member_social_feed',
	'w_organization_social_feed',
];

export function settings(options: LinkedInOptions): Settings {
	return {
		accounts: ACCOUNTS,
		organizations: organizations(options.accounts ?? ACCOUNTS),
		products: [...MEMBER_SCOPES, ...ORGANIZATION_SCOPES],
		refreshTokens: false,
		versions: VERSIONS,
		batches: true,
		processing: 0,
		memberVideoStatus: true,
		encodedIds: false,
		quotedEtags: false,
		partSize: 4_194_304,
		dailyCalls: DAILY_CALLS,
		...options,
		client: {
			id: 'linkedIn-client',
			secret: 'linkedIn-secret',
			name: 'n8n',
			redirectUris: REDIRECT_URIS,
			...options.client,
		},
	};
}

function organizations([first = 'demo', second = 'second']: string[]): Organization[] {
	return [
		{
			id: '1001',
			name: 'Crosspost Works',
			vanityName: 'crosspost-works',
			roles: { [first]: 'ADMINISTRATOR' },
		},
		{
			id: '1002',
			name: 'Blue (Sky) Labs',
			vanityName: 'blue-sky-labs',
			roles: { [first]: 'CONTENT_ADMINISTRATOR', [second]: 'ADMINISTRATOR' },
		},
		{ id: '1003', name: 'Only Numbers', vanityName: 'only-numbers', roles: { [first]: 'ANALYST' } },
		{ id: '1004', name: 'Strangers', vanityName: 'strangers', roles: {} },
	];
}

export interface LinkedInPost extends SandboxPost {
	/** URN of the member or organization that posted it. */
	author: string;
	/** The text as it was sent. */
	commentary: string;
	/**
	 * The hidden end of the text: little text ends at the first reserved character without a
	 * backslash.
	 */
	cut: string;
	mentions: Mention[];
	visibility: string;
	media: Asset[];
	modifiedAt: string;
	/** False if processing of a medium failed after the post was made. */
	shown: boolean;
}

export type AssetKind = 'image' | 'video' | 'document';

export interface Asset extends SandboxMedia {
	kind: AssetKind;
	owner: string;
	state: 'waiting' | 'uploaded' | 'failed';
	/** Time when it can be used, once it is uploaded. */
	readyAt: number;
	failure?: string;
	/** The secret of its upload URLs, and the time when they end. */
	ut: string;
	uploadUntil: number;
	/** Only a video has parts. */
	parts: Part[];
	totalBytes?: number;
}

export interface Part {
	firstByte: number;
	lastByte: number;
	etag?: string;
	sha256?: string;
	file?: string;
}

export interface Comment {
	id: string;
	urn: string;
	actor: string;
	object: string;
	parent?: string;
	text: string;
}

export interface LinkedInState {
	posts: LinkedInPost[];
	deleted: LinkedInPost[];
	media: Asset[];
	comments: Comment[];
	/**
	 * Adds a post by a member or an organization (`author` is its URN), as if it was made on the
	 * site.
	 */
	addPost(post: { account: string; text: string; author?: string }): LinkedInPost;
}

export interface Server {
	url: string;
	clock: Clock;
	settings: Settings;
	state: LinkedInState;
	tokens: TokenStore;
	newId(): string;
}

/** `demo` -> the `sub` of that member */
export function memberId(account: string): string {
	return `m${Buffer.from(account).toString('base64url')}`;
}

export function personUrn(account: string): string {
	return `urn:li:person:${memberId(account)}`;
}

export function assetStatus(asset: Asset, now: number): string {
	if (asset.state === 'waiting') return 'WAITING_UPLOAD';
	if (now < asset.readyAt) return 'PROCESSING';
	return asset.state === 'failed' ? 'PROCESSING_FAILED' : 'AVAILABLE';
}
