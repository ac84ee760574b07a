import type { IExecuteFunctions } from 'n8n-workflow';

import {
	addressKind,
	hostIn,
	isAddress,
	isLocalName,
	plainAddress,
	publicHost,
	type AddressKind,
} from './host';

type Filter = ReturnType<
	NonNullable<Partial<IExecuteFunctions['helpers']>['getSecureEgressFilter']>
>;

const ALLOWED =
	'What stands inside of your own network is not published. To allow a server of yours, name it in n8n’s N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.';
const BY_NAME =
	'Addresses in 100.64.0.0/10, such as those of Tailscale, are taken by name only: use the name of the machine.';
const NOWHERE = 'Nothing is published from such an address. Use one on the internet.';
const NAMED =
	'What a page of the internet names is read from the internet alone, whatever n8n’s settings allow. Name the file yourself if it is to be published.';

/** Why an address must not be read for publishing, and what helps. */
export interface Inner {
	reason: string;
	remediation: string;
}

/** Whether n8n's settings may allow a private address for this host. */
export type MayBeInner = (host: string) => boolean;

/**
 * Checks a URL whose content would be published; undefined if it may be read. Private addresses are
 * refused even if n8n's own protection is off. n8n's allowed hosts are honored unless `mayBeInner`
 * forbids them. Call this for every redirect.
 */
export async function innerAddress(
	fn: Pick<IExecuteFunctions, 'helpers'>,
	url: string,
	mayBeInner: MayBeInner = () => true,
): Promise<Inner | undefined> {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		return { reason: 'is no http or https address', remediation: 'Use a URL with https://.' };
	}
	const place = await placeOf(fn, url);
	const host = hostIn(new URL(url));
	const mayBe = mayBeInner(host);
	if (place === 'public' || (place === 'allowed' && mayBe)) return undefined;
	return { reason: 'is not public', remediation: mayBe ? adviceOn(host) : NAMED };
}

function adviceOn(host: string): string {
	const kind = isAddress(host) ? addressKind(plainAddress(host)) : 'private';
	return { public: ALLOWED, private: ALLOWED, shared: BY_NAME, reserved: NOWHERE }[kind];
}

/**
 * Whether a URL leads to the internet. A name that does not resolve counts as public, unless it is
 * a local name.
 */
export async function isPublic(
	fn: Pick<IExecuteFunctions, 'helpers'>,
	url: string,
): Promise<boolean> {
	return (await innerAddress(fn, url, () => false)) === undefined;
}

/** Where a URL leads. `allowed`: a private address that n8n's settings allow. */
type Place = 'public' | 'allowed' | 'inner';

async function placeOf({ helpers }: Pick<IExecuteFunctions, 'helpers'>, url: string) {
	const { getSecureEgressFilter } = helpers as Partial<IExecuteFunctions['helpers']>;
	if (!getSecureEgressFilter) return publicHost(url) === 'public' ? 'public' : 'inner';
	const filter = getSecureEgressFilter('enforced');
	const host = hostIn(new URL(url));
	if (!(await passes(filter, url))) return 'inner';
	if (isAddress(host)) return await placeOfAddress(filter, host, OF_ADDRESSES);
	const addresses = await addressesOf(filter, host);
	// A proxy that n8n uses may still resolve the name.
	if (addresses.length === 0) return isLocalName(host) ? 'inner' : 'public';
	const places = await Promise.all(
		addresses.map(async (address) => await placeOfAddress(filter, address, OF_NAMES)),
	);
	return (['inner', 'allowed'] as const).find((place) => places.includes(place)) ?? 'public';
}

/**
 * Place of each kind of address that n8n's filter passes. The filter passes addresses that n8n's
 * settings allow and addresses outside its blocked ranges, without telling which. Its ranges
 * include private addresses, so a passed one is allowed. They do not include reserved addresses,
 * which are refused always, nor shared ones. A shared address is refused if the URL spells it; a
 * name for it, such as Tailscale gives each machine, is left to n8n's settings.
 */
const OF_ADDRESSES: Readonly<Record<AddressKind, Place>> = {
	public: 'public',
	private: 'allowed',
	shared: 'inner',
	reserved: 'inner',
};
const OF_NAMES: typeof OF_ADDRESSES = { ...OF_ADDRESSES, shared: 'allowed' };

/**
 * n8n's ranges are IPv4, so an IPv6 address that embeds an IPv4 address is checked in that form
 * too.
 */
async function placeOfAddress(filter: Filter, address: string, places: typeof OF_ADDRESSES) {
	const plain = plainAddress(address);
	const isSpelled = plain.includes(':') || plain === address;
	return isSpelled || (await passes(filter, `http://${plain}/`))
		? places[addressKind(plain)]
		: 'inner';
}

async function passes(filter: Filter, url: string): Promise<boolean> {
	try {
		return (await filter.validateUrl(url)).ok;
	} catch {
		return true;
	}
}

/** Resolves a host through n8n's filter, which caches the answer for a short time. */
async function addressesOf(filter: Filter, host: string): Promise<string[]> {
	const lookUp = (filter as Partial<Filter>).createSecureLookup?.();
	if (!lookUp) return [];
	return await new Promise((resolve) => {
		lookUp(host, { all: true }, (error, found) => {
			const all = typeof found === 'string' ? [found] : (found ?? []).map((one) => one.address);
			resolve(error ? [] : all);
		});
	});
}
