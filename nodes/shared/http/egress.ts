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

/** Why an address may not be read to be published, and what helps; undefined if it may. */
export interface Inner {
	reason: string;
	remediation: string;
}

/** Whether n8n's settings may allow an inner address at this host. */
export type MayBeInner = (host: string) => boolean;

/**
 * Whether a URL leads into the network that n8n stands in. What is read from there would be
 * published, so that it is refused whether or not n8n's own protection is switched on; n8n's list of
 * allowed hosts counts all the same, unless `mayBeInner` denies it. Ask again for every redirect.
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

/** Whether an http address leads to the internet, as far as anybody can tell. */
export async function isPublic(
	fn: Pick<IExecuteFunctions, 'helpers'>,
	url: string,
): Promise<boolean> {
	return (await innerAddress(fn, url, () => false)) === undefined;
}

/** Where an http address leads: `allowed` is what is inside and named in n8n's settings. */
type Place = 'public' | 'allowed' | 'inner';

async function placeOf({ helpers }: Pick<IExecuteFunctions, 'helpers'>, url: string) {
	const { getSecureEgressFilter } = helpers as Partial<IExecuteFunctions['helpers']>;
	if (!getSecureEgressFilter) return publicHost(url) === 'public' ? 'public' : 'inner';
	const filter = getSecureEgressFilter('enforced');
	const host = hostIn(new URL(url));
	if (!(await passes(filter, url))) return 'inner';
	if (isAddress(host)) return await placeOfAddress(filter, host, OF_ADDRESSES);
	const addresses = await addressesOf(filter, host);
	// A name that does not resolve here may still do so for a proxy that n8n asks.
	if (addresses.length === 0) return isLocalName(host) ? 'inner' : 'public';
	const places = await Promise.all(
		addresses.map(async (address) => await placeOfAddress(filter, address, OF_NAMES)),
	);
	return (['inner', 'allowed'] as const).find((place) => places.includes(place)) ?? 'public';
}

/**
 * Where an address of each kind leads that n8n's filter lets pass. The filter passes what n8n's
 * settings allow and what is not in its list of blocked ranges, and does not say which. Private
 * addresses are in its list, so that they were allowed; reserved ones are not, and nobody needs them.
 * Shared ones are not, either: they are refused where a URL spells them, and a name for them, as
 * Tailscale gives one to each machine, is left to n8n's settings.
 */
const OF_ADDRESSES: Readonly<Record<AddressKind, Place>> = {
	public: 'public',
	private: 'allowed',
	shared: 'inner',
	reserved: 'inner',
};
const OF_NAMES: typeof OF_ADDRESSES = { ...OF_ADDRESSES, shared: 'allowed' };

/** n8n's list is of IPv4, so that an IPv6 address for one is asked about in that form, too. */
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

/** By n8n's own look-up, whose answers it keeps for a moment. */
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
