/** A host and what may follow it, without a scheme. */
const HOST =
	/^(?:\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,})(:\d+)?(?:([/?#]).*)?$/u;
/** What ends like a file's name may be one: nothing says that it is a host. */
const FILE =
	/\.(?:jpe?g|png|gif|webp|heic|avif|svg|bmp|tiff?|mp[34]|mov|m4v|webm|wav|pdf|docx?|pptx?|zip|html?|txt|json|csv|md)$/i;

/**
 * The address of something on the web, from what people and feeds write; undefined if it is none, or
 * not one to be told to everybody: with a password in it, or of another scheme.
 */
export function addressIn(given: string): string | undefined {
	const text = given.trim();
	if (/[\s\p{Cc}]/u.test(text)) return undefined;
	const address = /^https?:\/\/[^/\\?#]/i.test(text) ? text : withScheme(text);
	if (!address || !URL.canParse(address)) return undefined;
	const { username, password, hostname } = new URL(address);
	return username || password || !hostname ? undefined : address;
}

/** Whether it says itself that it is an address. */
export function hasScheme(text: string): boolean {
	return /^https?:\/\//i.test(text);
}

/** As it may stand in a message: without what lets somebody in. */
export function shown(address: string): string {
	const bare = address.replace(/^([a-z][a-z0-9+.-]*:\/*)[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
	return bare.length > 100 ? `${bare.slice(0, 100)}…` : bare;
}

/** Only where the rest is surely an address: `news.example/a` is, `picture.jpg` may be a file. */
function withScheme(text: string): string | undefined {
	const [, host, port, rest] = HOST.exec(text) ?? [];
	if (!host || (FILE.test(host) && !port && !rest)) return undefined;
	return `https://${text.replace(/^\/\//, '')}`;
}
