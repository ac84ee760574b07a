/** Result of `publicHost`. */
export type Reach = 'public' | 'private' | 'invalid';

/** Names that never resolve on the internet (RFC 2606, 6761, 6762, 8375, ICANN's .internal). */
const LOCAL_NAME =
	/(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|example|invalid|onion)$/;

/** n8n's own filter blocks these by default, too. */
const PRIVATE_V4: readonly Network[] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
];
/** Carrier-grade NAT and Tailscale. */
const SHARED_V4: readonly Network[] = [['100.64.0.0', 10]];
/** 6to4 relays, multicast, future use. */
const RESERVED_V4: readonly Network[] = [
	['192.88.99.0', 24],
	['224.0.0.0', 3],
];

type Network = readonly [network: string, bits: number];

/**
 * Kind of an address by https://www.iana.org/assignments/iana-ipv4-special-registry and
 * https://www.iana.org/assignments/iana-ipv6-special-registry. `public`: a host on the internet;
 * `private`: a host in this network; `shared`: a member of a provider's or virtual network;
 * `reserved`: no host.
 */
export type AddressKind = 'public' | 'private' | 'shared' | 'reserved';

/**
 * Whether a platform's crawler could fetch a URL, judged by the URL alone, without DNS. URLs that
 * no crawler accepts, such as one with a password, are invalid.
 */
export function publicHost(url: string): Reach {
	const parsed = parse(url);
	if (!parsed || !/^https?:$/.test(parsed.protocol)) return 'invalid';
	if (parsed.username || parsed.password) return 'invalid';
	const host = hostIn(parsed);
	if (isAddress(host)) return addressKind(plainAddress(host)) === 'public' ? 'public' : 'private';
	return isLocalName(host) ? 'private' : 'public';
}

/** The host of a URL without a trailing dot and without the brackets of IPv6. */
export function hostIn({ hostname }: URL): string {
	return hostname.replace(/^\[|\]$|\.$/g, '');
}

/**
 * Whether a URL's host is an IP address. The URL parser has already normalized other spellings of
 * IPv4.
 */
export function isAddress(host: string): boolean {
	return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

export function isLocalName(host: string): boolean {
	return !host.includes('.') || LOCAL_NAME.test(host);
}

/** The IPv4 address embedded in an IPv6 address, else the address as URLs spell it. */
export function plainAddress(address: string): string {
	if (!address.includes(':')) return address;
	const written = hostIn(new URL(`http://[${address.replace(/%.*$/, '')}]/`));
	const inner = embeddedV4(expanded(written));
	return inner === undefined ? written : written4(inner);
}

/** Kind of an address from `plainAddress`. */
export function addressKind(plain: string): AddressKind {
	if (plain.includes(':')) return kindOfV6(expanded(plain));
	const within = (networks: readonly Network[]) => networks.some((one) => isIn(one, number(plain)));
	if (within(PRIVATE_V4)) return 'private';
	if (within(SHARED_V4)) return 'shared';
	return within(RESERVED_V4) ? 'reserved' : 'public';
}

function parse(url: string) {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}

function number(address: string) {
	return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function written4(address: number) {
	return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

function isIn([network, bits]: Network, address: number) {
	return Math.floor(address / 2 ** (32 - bits)) === Math.floor(number(network) / 2 ** (32 - bits));
}

/**
 * Global unicast is 2000::/3, except protocols such as Teredo (2001::/23) and documentation ranges.
 */
function kindOfV6(groups: number[]): AddressKind {
	const [first = 0, second = 0] = groups;
	const isLoopback = groups.join() === '0,0,0,0,0,0,0,1';
	// fe80::/10 and fc00::/7
	if (isLoopback || (first & 0xffc0) === 0xfe80 || (first & 0xfe00) === 0xfc00) return 'private';
	const isProtocol = first === 0x2001 && second < 0x200;
	const isExample = (first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000);
	const isGlobal = first >= 0x2000 && first <= 0x3fff;
	return isGlobal && !isProtocol && !isExample ? 'public' : 'reserved';
}

/**
 * Groups of an IPv6 address as the URL parser writes it: hexadecimal, with one run of zeros
 * omitted.
 */
function expanded(address: string) {
	const [left = [], right] = address.split('::').map((half) => (half ? half.split(':') : []));
	const zeros = right ? Array<string>(8 - left.length - right.length).fill('0') : [];
	return [...left, ...zeros, ...(right ?? [])].map((group) => parseInt(group, 16));
}

/** IPv4-mapped ::ffff:0:0/96, NAT64 64:ff9b::/96 and 6to4 2002::/16. */
function embeddedV4(groups: number[]) {
	const [first, second = 0, third = 0] = groups;
	const [seventh = 0, eighth = 0] = groups.slice(6);
	const last = seventh * 65536 + eighth;
	const prefix = groups.slice(0, 6).join();
	if (prefix === '0,0,0,0,0,65535' || prefix === `${0x64},${0xff9b},0,0,0,0`) return last;
	return first === 0x2002 ? second * 65536 + third : undefined;
}
