import type { IDataObject } from 'n8n-workflow';

/** Addresses of a platform. */
export interface Own {
	/** Base URLs of the credential; users may have edited them. */
	readonly bases: readonly string[];
	/** Further domains of the vendor, subdomains included. */
	readonly domains: readonly string[];
}

/**
 * Matches URLs whose host all parsers read alike: no user name before an "@", no "\" and no space
 * that some parsers read as a slash.
 */
const PLAIN = /^https?:\/\/[^\s\\/?#@]+(?:[/?#]|$)/i;

/** Whether a URL, for example one from an answer, may get the token. */
export function isOwn(url: string, { bases, domains }: Own): boolean {
	if (!PLAIN.test(url) || !URL.canParse(url)) return false;
	const { origin, protocol, host } = new URL(url);
	if (bases.some((base) => URL.canParse(base) && new URL(base).origin === origin)) return true;
	const isUnder = (domain: string) => host === domain || host.endsWith(`.${domain}`);
	// `host` includes an unusual port, which belongs to another server.
	return protocol === 'https:' && domains.some(isUnder);
}

/** All base URLs in a credential; their property names end in `BaseUrl`. */
export function basesIn(credential: IDataObject): string[] {
	return Object.entries(credential)
		.filter(([name, value]) => name.endsWith('BaseUrl') && typeof value === 'string')
		.map(([, value]) => value as string);
}
