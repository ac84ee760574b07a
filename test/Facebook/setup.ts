import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CrosspostFacebookAccessTokenApi } from '@/credentials/CrosspostFacebookAccessTokenApi.credentials';
import { CrosspostFacebookOAuth2Api } from '@/credentials/CrosspostFacebookOAuth2Api.credentials';
import { Facebook } from '@/nodes/Facebook/Facebook.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { type TestNode } from '@/test/support/n8n';
import { byId, keptToken, publishingNode } from '@/test/support/node';

export { outcome } from '@/test/support/node';

export const GRAPH = 'https://graph.facebook.com';
export const VIDEO = 'https://graph-video.facebook.com';
const APP = { clientId: 'app-1', clientSecret: 'app-secret-1234' };
export const PAGE = '100200300400';
export const TYPE = 'crosspostFacebookOAuth2Api';
export const PASTED = 'crosspostFacebookAccessTokenApi';

const DAY = 86_400_000;

interface Kept {
	/** Page tokens that the credential already contains. */
	pages?: Record<string, string>;
	left?: number;
}

/** A token as the pack stores it in the credential. */
export function longToken(
	access_token = 'user-token-1',
	{ pages = {}, left = 50 * DAY }: Kept = {},
): TokenData {
	const secrets = Object.entries(pages).map(([page, token]) => [`page:${page}`, token]);
	return keptToken(access_token, {
		...{ left, account: { id: '99', name: 'Alice' }, secrets: Object.fromEntries(secrets) },
		scope: 'pages_manage_posts,pages_show_list',
	});
}

export interface Setup {
	token?: TokenData;
	/** Further data of the credential, beside the token. */
	credential?: ICredentialDataDecryptedObject;
	/** Connected with a pasted token instead. */
	pasted?: boolean;
	continueOnFail?: boolean;
}

export function facebookNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	const { token, credential = {}, pasted = false, continueOnFail = true } = setup;
	const known = token ?? longToken(undefined, { pages: { [PAGE]: 'page-token-1' } });
	const type = pasted ? new CrosspostFacebookAccessTokenApi() : new CrosspostFacebookOAuth2Api();
	const data = pasted
		? { accessToken: 'pasted-token-1', ...credential }
		: { ...APP, oauthTokenData: known, ...credential };
	const authentication = pasted ? 'accessToken' : 'oAuth2';
	return publishingNode(
		{ authentication, target: byId(PAGE), ...parameters },
		{ type: new Facebook(), credential: type, data, continueOnFail },
	);
}
