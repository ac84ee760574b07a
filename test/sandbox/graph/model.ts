import type { Clock } from '../kit/clock';
import type { Client } from '../kit/consent';
import type { Fetched } from '../kit/crawler';
import { ACCOUNTS, REDIRECT_URIS } from '../kit/defaults';
import type { TokenStore } from '../kit/tokens';

/** What Facebook Pages and Instagram with Facebook Login have in common: one app, one Graph. */
export interface GraphOptions {
	/** Merged over `facebook-client` / `facebook-secret`, whose callbacks are https. */
	client?: Partial<Client>;
	/** People who may consent; the first is the default. */
	accounts?: string[];
	pages?: PageOption[];
	/** Facebook Login for Business: what each configuration asks for. */
	configs?: Record<string, string[]>;
	/** The app's setting "Require App Secret". */
	requireProof?: boolean;
	/** Public https bases the crawler knows, each with the local address behind it. */
	crawl?: Record<string, string>;
	/** Take http redirect URIs, for want of https. */
	insecureRedirects?: boolean;
}

export interface PageOption {
	name: string;
	/** Who has a role on it. */
	people: string[];
	/** The business portfolio that owns it, or has it as a client's. */
	business?: string;
	client?: boolean;
	/** Of a business, but assigned to its people as well, so that it stands in their own listing. */
	assigned?: boolean;
	tasks?: string[];
	/** User name of the professional account that is linked with it. */
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
	/** Permissions that people untick in the dialog. */
	declined: string[];
	/** What exchanging a long-lived token gives, which nobody documents; a new one if left out. */
	reexchange?: 'renewed' | 'same' | 'refused';
	/** Every address the crawler was sent to. */
	fetched: Fetched[];
}

export interface GraphServer {
	url: string;
	clock: Clock;
	settings: GraphSettings;
	state: GraphState;
	tokens: TokenStore;
	/** Which Page a token is for, by the number of the token. */
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

/** Ids that stay the same for a name: longer than a number can hold exactly. */
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

/** Ids of new objects: rising, and too long for a number. */
export function idSource(): () => string {
	let last = 122_100_000_000_000_000n;
	return () => {
		last += 65_539n;
		return last.toString();
	};
}
