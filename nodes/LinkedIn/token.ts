import type { IDataObject } from 'n8n-workflow';

import type { Http } from '../shared/http';
import type { Inspected, Platform, TokenData } from '../shared/platform';
import { ask } from '../shared/verdict';

interface Answer {
	active?: boolean;
	status?: string;
	scope?: string;
	/** Epoch seconds. */
	expires_at?: number;
}

/** https://learn.microsoft.com/en-us/linkedin/shared/authentication/token-introspection */
export async function inspect(
	platform: Platform,
	http: Http,
	{ oauthBaseUrl, clientId: client_id, clientSecret: client_secret }: IDataObject,
	{ access_token: token }: TokenData,
): Promise<Inspected> {
	const url = `${String(oauthBaseUrl)}/oauth/v2/introspectToken`;
	const form = { client_id, client_secret, token };
	const secrets = [token, String(client_secret)];
	const answer: Answer = await ask(platform, http, { method: 'POST', url, form }, secrets);
	const { active = false, status, scope, expires_at } = answer;
	return {
		active,
		...(expires_at && { expiresAt: expires_at * 1000 }),
		...(scope && { scopes: scope.split(/[\s,]+/).filter(Boolean) }),
		...(!active && status && { reason: status }),
	};
}
