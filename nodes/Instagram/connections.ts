import type { IDataObject } from 'n8n-workflow';

import { facebookLogin } from '../Meta/login';
import { longLived } from '../Meta/longLivedTokens';
import type { CredentialFacts, TokenData, TokenPolicy } from '../shared/contract/authMethod';
import type { Http } from '../shared/contract/http';
import type { Platform } from '../shared/contract/platform';
import { facebookScopes, scopes } from './scopes';

type Ways = readonly [CredentialFacts, ...CredentialFacts[]];
type InstagramTokens = ReturnType<typeof longLived>;
type FacebookTokens = ReturnType<typeof facebookLogin>;
type OwnPolicy = Extract<TokenPolicy, { kind: 'own' }>;

const MANAGE = 'https://www.instagram.com/accounts/manage_access/';
const MANAGE_FACEBOOK = 'https://www.facebook.com/settings/?tab=business_tools';

/** Both logins, and a token from Meta's console for either. */
export function connections(platform: () => Platform): Ways {
	const instagram = longLived({ platform, grant: 'ig' });
	const facebook = facebookLogin(platform);
	return [
		{
			choice: 'instagramLogin',
			name: 'Instagram Login',
			type: 'crosspostInstagramOAuth2Api',
			host: 'apiBaseUrl',
			scopes,
			secrets: ['clientSecret'],
			token: instagram.connected,
			manage: MANAGE,
		},
		byFacebook(facebook),
		pasted(instagram, facebook),
	];
}

function byFacebook({ connected, revoke, inspect }: FacebookTokens): CredentialFacts {
	return {
		choice: 'facebookLogin',
		name: 'Facebook Login',
		type: 'crosspostInstagramFacebookOAuth2Api',
		host: 'apiBaseUrl',
		scopes: facebookScopes,
		secrets: ['clientSecret'],
		token: connected,
		manage: MANAGE_FACEBOOK,
		revoke,
		inspect,
	};
}

function pasted(instagram: InstagramTokens, facebook: FacebookTokens): CredentialFacts {
	return {
		choice: 'accessToken',
		name: 'Access Token',
		type: 'crosspostInstagramAccessTokenApi',
		host: 'apiBaseUrl',
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

/** What becomes of a pasted token depends on the login that it comes from. */
function eitherPolicy(instagram: OwnPolicy, facebook: OwnPolicy): TokenPolicy {
	const policyOf = (credential: IDataObject) => (isFacebook(credential) ? facebook : instagram);
	return {
		kind: 'own',
		bind: (credential) => [credential.login, policyOf(credential).bind?.(credential)].join(),
		open: async (http: Http, credential: IDataObject) => {
			const token = await policyOf(credential).open(http, credential);
			return token && { ...token, login: credential.login };
		},
		renew: async (http: Http, credential: IDataObject, token: TokenData) =>
			(await policyOf(credential).renew?.(http, credential, token)) ?? token,
		due: (token, now) => policyOf(token).due(token, now),
		before: instagram.before,
		renewable: (credential, token) => policyOf(credential).renewable?.(credential, token) ?? true,
	};
}
