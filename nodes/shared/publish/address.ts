/** A host with optional port and rest, without a scheme. */
const HOST =
	/^(\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,})(?::\d+)?(?:([/?])|$|#)/u;
/** File names that look like hosts; no domain ends in these extensions. */
const FILE =
	/\.(?:jpe?g|png|gif|webp|heic|avif|svg|bmp|tiff?|mp[34]|m4v|webm|mkv|ogg|wav|pdf|docx?|pptx?|html?|txt|json|xml|csv|rst|js)$/i;
/**
 * White space, control characters, lone surrogates, and characters that hide or reverse parts of a
 * URL.
 */
const UNFIT = /[\s\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2060]/u;
/** Browsers read a backslash as a slash, other parsers do not. A comma separates two URLs. */
const AMBIGUOUS = /^[^?#]*(?:\\|,https?:\/\/)/i;
/** Hosts as `URL` writes them: names, IPv4, IPv6. */
const HOSTNAME = /^(?:[a-z0-9_.-]+|\[[\da-f:.]+\])$/;

/**
 * Reads a URL as people and feeds write it, and adds a missing scheme. Undefined if it is no URL,
 * has another scheme than http or https, or contains a user name or password.
 */
export function addressIn(given: string): string | undefined {
	const text = given.trim();
	if (UNFIT.test(text) || AMBIGUOUS.test(text)) return undefined;
	const address = /^https?:\/\/[^/?#]/i.test(text) ? text : withScheme(text);
	if (!address || !URL.canParse(address)) return undefined;
	const { username, password, hostname } = new URL(address);
	return username || password || !HOSTNAME.test(hostname) ? undefined : address;
}

/** Whether the text starts with http or https. */
export function hasScheme(text: string): boolean {
	return /^https?:\/\//i.test(text);
}

/** Whether the text becomes a URL with https:// in front. */
export function lacksScheme(text: string): boolean {
	return !/^[a-z][a-z0-9+.-]*:/i.test(text) && addressIn(`https://${text}`) !== undefined;
}

/** The address for a message: without user name, password, query and invisible characters. */
export function shown(address: string): string {
	const bare = address
		.replace(/^([a-z][a-z0-9+.-]*:\/*)[^/?#]*@/i, '$1')
		.replace(/[?#].*$/s, '')
		.replace(new RegExp(UNFIT, 'gu'), (one) => (one === ' ' ? one : '\ufffd'));
	return bare.length > 100 ? `${bare.slice(0, 100)}…` : bare;
}

/**
 * Adds a scheme only to a text that is surely a URL: with `//` or `www.` in front, or with a path.
 * `Mr.Smith`, `main.py` and `v2.beta` look like hosts, too.
 */
function withScheme(text: string): string | undefined {
	const [, slashes, host, path] = HOST.exec(text) ?? [];
	if (!host || FILE.test(host)) return undefined;
	const isCertain = slashes || path || /^www\.[^.]+\./i.test(host);
	return isCertain ? `https://${text.replace(/^\/\//, '')}` : undefined;
}
