import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';

/** Whether a token ends within this many ms; false if its end is unknown. `now` in epoch ms. */
export function endsWithin({ n8n_expires_at }: TokenData, ms: number, now: number): boolean {
	return Number(n8n_expires_at) - now < ms;
}

/**
 * Every secret of a connection. Basic authentication of OAuth2 sends Client ID and Client Secret as
 * one.
 */
export function secretsOf(
	{ secrets }: AuthMethod,
	credential: IDataObject,
	token?: TokenData,
): string[] {
	const { clientId, clientSecret } = credential;
	const basic = clientId && clientSecret ? [clientId, clientSecret].map(String) : [];
	return [
		...secrets.map((name) => credential[name]),
		...(basic.length > 0 ? [basic.join(':'), basic.map(encodeURIComponent).join(':')] : []),
		token?.access_token,
		token?.refresh_token,
	]
		.filter((secret): secret is string => typeof secret === 'string' && secret !== '')
		.flatMap((secret) => [secret, ...pathsOf(secret)]);
}

/** Shorter path parts are ordinary words, such as `v1`. */
const SHORTEST = 16;

/** Servers echo a webhook's URL without its host, or only its last part. */
function pathsOf(secret: string): string[] {
	if (!/^https?:\/\/./i.test(secret) || !URL.canParse(secret)) return [];
	const { pathname, search } = new URL(secret);
	const last = pathname.split('/').filter(Boolean).at(-1) ?? '';
	return [pathname + search, last].filter((one) => one.length >= SHORTEST);
}
