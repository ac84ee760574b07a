import type { IDataObject } from 'n8n-workflow';

import type { Http } from '../shared/http';
import type { TokenData } from '../shared/connection';
import type { Platform } from '../shared/platform';
import { ask } from '../shared/verdict';
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
