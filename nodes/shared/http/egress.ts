import type { IExecuteFunctions } from 'n8n-workflow';

import { publicHost } from './host';

type Filter = ReturnType<
	NonNullable<Partial<IExecuteFunctions['helpers']>['getSecureEgressFilter']>
>;

const ALLOWED =
	'What stands inside of your own network is not published. To allow a server of yours, name it in n8n’s N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.';

/** Why an address may not be read to be published, and what helps; undefined if it may. */
export interface Inner {
	reason: string;
	remediation: string;
}

/**
 * Whether a URL leads into the network that n8n stands in. What is read from there would be
 * published, so that it is refused whether or not n8n's own protection is switched on; n8n's list of
 * allowed hosts counts all the same. The URL alone is judged, so ask again for every redirect.
 */
export async function innerAddress(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	url: string,
): Promise<Inner | undefined> {
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		return { reason: 'is no http or https address', remediation: 'Use a URL with https://.' };
	}
	const { getSecureEgressFilter } = helpers as Partial<IExecuteFunctions['helpers']>;
	const isInner = getSecureEgressFilter
		? await isBlocked(getSecureEgressFilter('enforced'), url)
		: publicHost(url) !== 'public';
	return isInner ? { reason: 'is not public', remediation: ALLOWED } : undefined;
}

/** A name that does not resolve here may still do so for a proxy that n8n asks. */
async function isBlocked(filter: Filter, url: string): Promise<boolean> {
	try {
		return !(await filter.validateUrl(url)).ok;
	} catch {
		return false;
	}
}
