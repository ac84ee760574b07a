export type Reach = 'public' | 'private' | 'invalid';

/** Names that are never served to the internet (RFC 2606, 6761, 6762, 8375, ICANN's .internal). */
const LOCAL_NAME =
	/(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|example|invalid|onion)$/;

/** Not reached from the internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE_V4: ReadonlyArray<readonly [network: string, bits: number]> = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3],
];

/**
 * Whether a platform's crawler could fetch a URL, as far as the URL itself tells: nothing is
 * resolved. Invalid is also what no crawler takes, such as a URL with a password in it.
 */
export function publicHost(url: string): Reach {
	const parsed = parse(url);
	if (!parsed || !/^https?:$/.test(parsed.protocol)) return 'invalid';
	if (parsed.username || parsed.password) return 'invalid';
	const host = parsed.hostname.replace(/\.$/, '');
	if (host.startsWith('[')) return privateV6(host.slice(1, -1)) ? 'private' : 'public';
	// The URL parser has brought every spelling of an IPv4 address to this one.
	if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return privateV4(number(host)) ? 'private' : 'public';
	return !host.includes('.') || LOCAL_NAME.test(host) ? 'private' : 'public';
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

function privateV4(address: number) {
	return PRIVATE_V4.some(
		([network, bits]) =>
			Math.floor(address / 2 ** (32 - bits)) === Math.floor(number(network) / 2 ** (32 - bits)),
	);
}

/** Global unicast is 2000::/3; the rest is local, reserved, or stands for an IPv4 address. */
function privateV6(address: string) {
	const groups = expanded(address);
	const inner = embeddedV4(groups);
	if (inner !== undefined) return privateV4(inner);
	const documentation = groups[0] === 0x2001 && groups[1] === 0xdb8;
	return groups[0] < 0x2000 || groups[0] > 0x3fff || documentation;
}

/** The URL parser writes IPv6 in hexadecimal groups, with one run of zeros left out. */
function expanded(address: string) {
	const [left, right] = address.split('::').map((half) => (half ? half.split(':') : []));
	const zeros = right ? Array<string>(8 - left.length - right.length).fill('0') : [];
	return [...left, ...zeros, ...(right ?? [])].map((group) => parseInt(group, 16));
}

/** IPv4-mapped ::ffff:0:0/96, NAT64 64:ff9b::/96 and 6to4 2002::/16. */
function embeddedV4(groups: number[]) {
	const last = groups[6] * 65536 + groups[7];
	const prefix = groups.slice(0, 6).join();
	if (prefix === '0,0,0,0,0,65535' || prefix === `${0x64},${0xff9b},0,0,0,0`) return last;
	return groups[0] === 0x2002 ? groups[1] * 65536 + groups[2] : undefined;
}
