import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { digester, type Digest } from './digest';

/** The result of fetching one URL. */
export interface Fetched {
	url: string;
	/** The URL that was really requested, if the base is mapped to a local one. */
	from?: string;
	status?: number;
	type?: string;
	length?: number;
	sha256?: string;
	refused?: string;
}

export interface Crawling {
	/** Public https base URLs, each with the local URL that replaces it. */
	settings: { crawl: Record<string, string> };
	state: { fetched: Fetched[] };
}

const AGENT = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';
const TIMEOUT = 20_000;

/** Fetches a URL like the platform's crawler: https, public hosts, no redirects, up to a size. */
export async function crawl(
	{ settings, state }: Crawling,
	url: string,
	maxBytes: number,
): Promise<Digest | undefined> {
	const entry: Fetched = { url };
	state.fetched.push(entry);
	try {
		const { address, known } = whereTo(settings.crawl, url);
		if (known) entry.from = address.href;
		const digest = await download(address, known, maxBytes, entry);
		Object.assign(entry, { length: digest.length, sha256: digest.sha256 });
		return digest;
	} catch (error) {
		entry.refused = (error as Error).message;
		return undefined;
	}
}

function whereTo(crawl: Record<string, string>, url: string): { address: URL; known: boolean } {
	// Refuses URLs that are not ASCII; a URL object would escape them.
	if (!/^[\x21-\x7e]+$/.test(url)) throw new Error('not an ASCII URL');
	const address = new URL(url);
	const base = Object.keys(crawl).find((known) => address.href.startsWith(known));
	if (base)
		return { address: new URL(crawl[base]! + address.href.slice(base.length)), known: true };
	if (address.protocol !== 'https:') throw new Error('not https');
	if (isPrivateHost(address.hostname)) throw new Error(`private host ${address.hostname}`);
	return { address, known: false };
}

function isPrivateHost(host: string): boolean {
	const bare = host.replace(/^\[|\]$/g, '');
	if (isIP(bare)) return isPrivateAddress(bare);
	return !bare.includes('.') || /\.(local|localhost|internal|lan|home|test)$/i.test(bare);
}

function isPrivateAddress(address: string): boolean {
	return (
		/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(
			address,
		) || /^(::1?$|::ffff:|f[cd]|fe[89ab])/i.test(address)
	);
}

/** A public name may still resolve to a private address. */
const publicLookup: LookupFunction = (host, options, done) => {
	lookup(host, { ...options, all: false }, (error, address, family) => {
		const refused = !error && isPrivateAddress(address);
		done(refused ? new Error(`private address of ${host}`) : error, address, family);
	});
};

async function download(
	address: URL,
	known: boolean,
	maxBytes: number,
	entry: Fetched,
): Promise<Digest> {
	const request = address.protocol === 'https:' ? secure : plain;
	return await new Promise((resolve, reject) => {
		const headers = { 'user-agent': AGENT, accept: '*/*' };
		const asked = request(
			address,
			{ headers, agent: false, timeout: TIMEOUT, ...(!known && { lookup: publicLookup }) },
			(response) => {
				const { statusCode: status = 0, headers: answered } = response;
				Object.assign(entry, { status, type: answered['content-type'] });
				const stop = (why: string) => {
					response.destroy();
					reject(new Error(why));
				};
				if (status !== 200) return stop(`answered ${status}`);
				if (Number(answered['content-length'] ?? 0) > maxBytes)
					return stop(`more than ${maxBytes} bytes`);
				const taken = digester();
				let length = 0;
				response.on('data', (chunk: Buffer) => {
					length += chunk.length;
					if (length > maxBytes) return stop(`more than ${maxBytes} bytes`);
					taken.add(chunk);
				});
				response.on('end', () => resolve(taken.done()));
				response.on('error', reject);
			},
		);
		asked.on('timeout', () => asked.destroy(new Error('timed out')));
		asked.on('error', reject);
		asked.end();
	});
}
