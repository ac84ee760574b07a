import type { IDataObject } from 'n8n-workflow';

import { clientOf } from '../shared/connection/credentialText';
import type { TokenData } from '../shared/contract/authMethod';
import type { Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { ask } from '../shared/http/ask';
import { instanceBase } from './address';

/** https://docs.joinmastodon.org/methods/oauth/#revoke */
export async function revoke(
	platform: Platform,
	http: Http,
	credential: IDataObject,
	{ access_token: token }: TokenData,
): Promise<void> {
	const url = `${instanceBase(String(credential.instanceUrl ?? ''))}/oauth/revoke`;
	const { id, secret } = clientOf(platform.id, credential);
	const form = { client_id: id, client_secret: secret, token };
	await ask(platform, http, { method: 'POST', url, form }, [token, secret]);
}
