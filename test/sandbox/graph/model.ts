import type { Clock } from '../kit/clock';
import type { Client } from '../kit/consent';
import type { Fetched } from '../kit/crawler';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { TokenStore } from '../kit/tokens';

/** The parts that Facebook Pages and Instagram with Facebook Login share: one app, one Graph. */
export interface GraphOptions {
	/** Merged over `facebook-client` / `facebook-secret`, whose callbacks are https. */
	client?: Partial<Client>;
	/** People who may consent; the first is the default. */
	accounts?: string[];
	pages?: PageOption[];
	/** Facebook Login for Business: the permissions of each configuration. */
	configs?: Record<string, string[]>;
	/** The app's setting "Require App Secret". */
	requireProof?: boolean;
	/** Public https base URLs that the crawler knows, each with the local address behind it. */
	crawl?: Record<string, string>;
	/** Allows http redirect URIs, because there is no https here. */
	insecureRedirects?: boolean;
}

export interface PageOption {
	name: string;
	/** The people with a role on it. */
	people: string[];
	/** The business portfolio that owns it, or that manages it for a client. */
	business?: string;
	client?: boolean;
	/**
	 * Owned by a business, but also assigned to its people, so that their own listing includes it.
	 */
	assigned?: boolean;
	tasks?: string[];
	/** User name of the linked professional account. */
	instagram?: string;
}

export interface GraphPage extends Required<Omit<PageOption, 'business' | 'instagram'>> {
	id: string;
	username: string;
	business?: string;
	instagram?: { id: string; username: string };
}

export interface GraphSettings extends Required<Omit<GraphOptions, 'pages'>> {
	client: Client;
}

export interface GraphState {
	pages: GraphPage[];
	/** Permissions that people deselect in the dialog. */
	declined: string[];
	/**
	 * The result of exchanging a long-lived token, which is not documented; a new token if left out.
	 */
	reexchange?: 'renewed' | 'same' | 'refused';
	/** Every address that the crawler fetched. */
	fetched: Fetched[];
}

export interface GraphServer {
	url: string;
	clock: Clock;
	settings: GraphSettings;
	state: GraphState;
	tokens: TokenStore;
	/** The Page of a token, by the token's number. */
	pageTokens: Map<number, string>;
	newId(): string;
}

const PAGES: PageOption[] = [
	{ name: 'Demo Page', people: ['demo'], instagram: 'demo.page' },
	{ name: 'Second Page', people: ['second', 'demo'] },
	{ name: 'Demo Shop', people: ['demo'], business: 'Acme', assigned: true },
	{ name: 'Demo Client', people: ['demo'], business: 'Acme', client: true },
];

const TASKS = ['ANALYZE', 'ADVERTISE', 'MESSAGING', 'MODERATE', 'CREATE_CONTENT', 'MANAGE'];

export function graphSettings(options: GraphOptions): GraphSettings {
	const { insecureRedirects = false } = options;
	const fits = (uri: string) => insecureRedirects || uri.startsWith('https://');
	const client = {
		id: 'facebook-client',
		secret: 'facebook-secret',
		name: 'n8n',
		redirectUris: REDIRECT_URIS.filter(fits),
		...options.client,
	};
	const wrong = client.redirectUris.filter((uri) => !fits(uri));
	if (wrong.length)
		throw new Error(`Facebook takes https redirect URIs only, not ${wrong.join(', ')}`);
	return {
		accounts: ACCOUNTS,
		configs: {},
		requireProof: false,
		crawl: { 'https://n8n.example.com/': 'http://127.0.0.1:5678/' },
		...options,
		insecureRedirects,
		client,
	};
}

export function graphPages(options: PageOption[] = PAGES): GraphPage[] {
	return options.map(({ instagram, ...page }) => ({
		client: false,
		assigned: false,
		tasks: TASKS,
		...page,
		id: stableId('1000', page.name),
		username: page.name.toLowerCase().replace(/\W+/g, '.'),
		...(instagram && { instagram: { id: stableId('17841', instagram), username: instagram } }),
	}));
}

/** An id that is always the same for a name; a number cannot hold it exactly. */
export function stableId(prefix: string, name: string): string {
	const sum = [...name].reduce(
		(total, letter) => (total * 131 + letter.codePointAt(0)!) % 999_999_937,
		7,
	);
	return `${prefix}00${String(sum).padStart(11, '0')}`;
}

export function personId(account: string): string {
	return stableId('1020', account);
}

/** Rising ids of new objects; a number cannot hold them exactly. */
export function idSource(): () => string {
	let last = 122_100_000_000_000_000n;
	return () => {
		last += 65_539n;
		return last.toString();
	};
}
