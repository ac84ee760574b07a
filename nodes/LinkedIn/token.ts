import type { IDataObject } from 'n8n-workflow';

import { credentialText } from '../shared/connection/credentialText';
import type { Inspected, TokenData } from '../shared/contract/authMethod';
import type { Http } from '../shared/contract/http';
import { bearer } from '../shared/http/bearer';
import { SECOND } from '../shared/units';

interface Answer {
	active?: boolean;
	status?: string;
	scope?: string;
	/** Epoch seconds. */
	expires_at?: number;
}

/** LinkedIn requires its API version next to the token. */
export function auth(credential: IDataObject, token: string) {
	return {
		headers: {
			...bearer(token),
			'linkedin-version': credentialText('linkedIn', credential, 'version', 'LinkedIn Version'),
			'x-restli-protocol-version': '2.0.0',
		},
	};
}

/**
 * Reads facts about a token; undefined if the answer contains none, which proves nothing about the
 * token: https://learn.microsoft.com/en-us/linkedin/shared/authentication/token-introspection
 */
export async function inspect(
	http: Http,
	{ oauthBaseUrl, clientId: client_id, clientSecret: client_secret }: IDataObject,
	{ access_token: token }: TokenData,
): Promise<Inspected | undefined> {
	const url = `${String(oauthBaseUrl)}/oauth/v2/introspectToken`;
	const { body } = await http({ method: 'POST', url, form: { client_id, client_secret, token } });
	const { active, status, scope, expires_at } = (body ?? {}) as Answer;
	if (typeof active !== 'boolean') return undefined;
	return {
		active,
		...(expires_at && { expiresAt: expires_at * SECOND }),
		...(scope && { scopes: granted(scope) }),
		...(!active && status && { reason: `the token is ${status}` }),
	};
}

/** LinkedIn separates scopes by commas. */
export function granted(scope = ''): string[] {
	return scope.split(/[\s,]+/).filter(Boolean);
}
