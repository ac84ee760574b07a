import type { IDataObject } from 'n8n-workflow';

import { facebookLogin } from '../Meta/login';
import { longLivedTokens } from '../Meta/longLivedTokens';
import { graphAuth } from '../Meta/request';
import { refuseCredential } from '../shared/connection/credentialText';
import type { AuthMethod, TokenData, TokenPolicy } from '../shared/contract/authMethod';
import type { Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { facebookScopes, scopes } from './scopes';

type Ways = readonly [AuthMethod, ...AuthMethod[]];
type InstagramTokens = ReturnType<typeof longLivedTokens>;
type FacebookTokens = ReturnType<typeof facebookLogin>;
type OwnPolicy = Extract<TokenPolicy, { kind: 'custom' }>;

const MANAGE = 'https://www.instagram.com/accounts/manage_access/';
const MANAGE_FACEBOOK = 'https://www.facebook.com/settings/?tab=business_tools';

/** The two logins, and a token from Meta's console for either of them. */
export function connections(platform: () => Platform): Ways {
	const instagram = longLivedTokens({ platform, grant: 'ig' });
	const facebook = facebookLogin(platform);
	return [
		{
			choice: 'instagramLogin',
			name: 'Instagram Login',
			type: 'crosspostInstagramOAuth2Api',
			host: 'apiBaseUrl',
			auth: graphAuth,
			scopes,
			secrets: ['clientSecret'],
			token: instagram.connected,
			manage: MANAGE,
		},
		byFacebook(facebook),
		pasted(instagram, facebook),
	];
}

function byFacebook({ connected, revoke, inspect }: FacebookTokens): AuthMethod {
	return {
		choice: 'facebookLogin',
		name: 'Facebook Login',
		type: 'crosspostInstagramFacebookOAuth2Api',
		host: 'apiBaseUrl',
		auth: graphAuth,
		scopes: facebookScopes,
		secrets: ['clientSecret'],
		token: connected,
		manage: MANAGE_FACEBOOK,
		revoke,
		inspect,
	};
}

function pasted(instagram: InstagramTokens, facebook: FacebookTokens): AuthMethod {
	return {
		choice: 'accessToken',
		name: 'Access Token',
		type: 'crosspostInstagramAccessTokenApi',
		host: 'apiBaseUrl',
		auth: graphAuth,
		secrets: ['accessToken', 'clientSecret'],
		token: eitherPolicy(instagram.pasted as OwnPolicy, facebook.pasted as OwnPolicy),
		manage: MANAGE,
		inspect: async (http, credential, token) =>
			isFacebook(credential) ? await facebook.inspect?.(http, credential, token) : undefined,
	};
}

function isFacebook({ login }: IDataObject): boolean {
	return login === 'facebookLogin';
}

function expectLogin({ login }: IDataObject) {
	if (login === 'instagramLogin' || login === 'facebookLogin') return;
	const message = 'The field Login of the credential is neither Instagram Login nor Facebook Login';
	refuseCredential('instagram', 'login', message);
}

/** The policy of a pasted token, which depends on the login that issued it. */
function eitherPolicy(instagram: OwnPolicy, facebook: OwnPolicy): TokenPolicy {
	const policyOf = (credential: IDataObject) => (isFacebook(credential) ? facebook : instagram);
	return {
		kind: 'custom',
		fingerprint: (credential) =>
			[credential.login, policyOf(credential).fingerprint?.(credential)].join(),
		obtain: async (http: Http, credential: IDataObject) => {
			expectLogin(credential);
			const token = await policyOf(credential).obtain(http, credential);
			return token && { ...token, login: credential.login };
		},
		renew: async (http: Http, credential: IDataObject, token: TokenData) =>
			(await policyOf(credential).renew?.(http, credential, token)) ?? token,
		needsRenewal: (token, now) => policyOf(token).needsRenewal(token, now),
		renewAheadMs: instagram.renewAheadMs,
		canRenew: (credential, token) => policyOf(credential).canRenew?.(credential, token) ?? true,
	};
}
