import type { IDataObject } from 'n8n-workflow';

import type { TokenData } from '../shared/contract/authMethod';
import type { Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { ask } from '../shared/http/ask';
import { instanceBase } from './address';

/** https://docs.joinmastodon.org/methods/oauth/#revoke */
export async function revoke(
	platform: Platform,
	http: Http,
	{ instanceUrl, clientId: client_id, clientSecret: client_secret }: IDataObject,
	{ access_token: token }: TokenData,
): Promise<void> {
	const url = `${instanceBase(String(instanceUrl ?? ''))}/oauth/revoke`;
	const form = { client_id, client_secret, token };
	await ask(platform, http, { method: 'POST', url, form }, [token, String(client_secret)]);
}
