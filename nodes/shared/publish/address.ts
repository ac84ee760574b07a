/** A host, with a port or without, and what may follow it; no scheme. */
const HOST =
	/^(\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,})(?::\d+)?(?:([/?])|$|#)/u;
/** What ends like a file's name is no host, whatever follows it: no domain ends so. */
const FILE =
	/\.(?:jpe?g|png|gif|webp|heic|avif|svg|bmp|tiff?|mp[34]|m4v|webm|mkv|ogg|wav|pdf|docx?|pptx?|html?|txt|json|xml|csv|rst|js)$/i;
/** Blanks, controls, halves of characters, and what hides or turns around a part of an address. */
const UNFIT = /[\s\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2060]/u;
/** Browsers take a backslash for a slash and others do not; a comma parts two addresses. */
const AMBIGUOUS = /^[^?#]*(?:\\|,https?:\/\/)/i;
/** As `URL` writes hosts: names, numbers, IPv6. */
const HOSTNAME = /^(?:[a-z0-9_.-]+|\[[\da-f:.]+\])$/;

/**
 * The address of something on the web, from what people and feeds write; undefined if it is none, or
 * not one to be told to everybody: with a password in it, or of another scheme.
 */
export function addressIn(given: string): string | undefined {
	const text = given.trim();
	if (UNFIT.test(text) || AMBIGUOUS.test(text)) return undefined;
	const address = /^https?:\/\/[^/?#]/i.test(text) ? text : withScheme(text);
	if (!address || !URL.canParse(address)) return undefined;
	const { username, password, hostname } = new URL(address);
	return username || password || !HOSTNAME.test(hostname) ? undefined : address;
}

/** Whether it says itself that it is an address. */
export function hasScheme(text: string): boolean {
	return /^https?:\/\//i.test(text);
}

/** Whether a scheme in front could make an address of it. */
export function lacksScheme(text: string): boolean {
	return !/^[a-z][a-z0-9+.-]*:/i.test(text) && addressIn(`https://${text}`) !== undefined;
}

/** As it may stand in a message: without what lets somebody in, and without what nobody sees. */
export function shown(address: string): string {
	const bare = address
		.replace(/^([a-z][a-z0-9+.-]*:\/*)[^/?#]*@/i, '$1')
		.replace(/[?#].*$/s, '')
		.replace(new RegExp(UNFIT, 'gu'), (one) => (one === ' ' ? one : '\ufffd'));
	return bare.length > 100 ? `${bare.slice(0, 100)}…` : bare;
}

/**
 * Only where the rest is surely an address: with `//` or `www.` in front, or with a path behind.
 * `Mr.Smith`, `main.py` and `v2.beta` look like hosts, too.
 */
function withScheme(text: string): string | undefined {
	const [, slashes, host, path] = HOST.exec(text) ?? [];
	if (!host || FILE.test(host)) return undefined;
	const isCertain = slashes || path || /^www\.[^.]+\./i.test(host);
	return isCertain ? `https://${text.replace(/^\/\//, '')}` : undefined;
}
