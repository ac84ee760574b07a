import type { IDataObject } from 'n8n-workflow';

/** Where a platform listens. */
export interface Own {
	/** Base URLs of the connection, as somebody may have set them. */
	readonly bases: readonly string[];
	/** The vendor's domains besides, with all that is under them. */
	readonly domains: readonly string[];
}

/**
 * What one parser takes for the host is what every other does: nothing before an "@", and no "\" or
 * space that some of them take for a slash.
 */
const PLAIN = /^https?:\/\/[^\s\\/?#@]+(?:[/?#]|$)/i;

/** Whether a token may be sent to an address, which may come from an answer. */
export function isOwn(url: string, { bases, domains }: Own): boolean {
	if (!PLAIN.test(url) || !URL.canParse(url)) return false;
	const { origin, protocol, host } = new URL(url);
	if (bases.some((base) => URL.canParse(base) && new URL(base).origin === origin)) return true;
	const isUnder = (domain: string) => host === domain || host.endsWith(`.${domain}`);
	// With a port other than the usual one it is another server.
	return protocol === 'https:' && domains.some(isUnder);
}

/** All base URLs in a credential, by the names that these properties have. */
export function basesIn(credential: IDataObject): string[] {
	return Object.entries(credential)
		.filter(([name, value]) => name.endsWith('BaseUrl') && typeof value === 'string')
		.map(([, value]) => value as string);
}
