import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';

/** Whether a token ends in less than so many ms; false where nobody knows its end. */
export function endsWithin({ n8n_expires_at }: TokenData, ms: number, now: number): boolean {
	return Number(n8n_expires_at) - now < ms;
}

/** Every secret of a connection; Basic authentication of OAuth2 sends two of them as one. */
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

/** Shorter ends of addresses are names, such as `v1`, and stand in other texts too. */
const SHORTEST = 16;

/** Servers name the address of a webhook without its host, or by its last part alone. */
function pathsOf(secret: string): string[] {
	if (!/^https?:\/\/./i.test(secret) || !URL.canParse(secret)) return [];
	const { pathname, search } = new URL(secret);
	const last = pathname.split('/').filter(Boolean).at(-1) ?? '';
	return [pathname + search, last].filter((one) => one.length >= SHORTEST);
}
