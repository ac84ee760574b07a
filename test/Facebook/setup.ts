import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CrosspostFacebookAccessTokenApi } from '@/credentials/CrosspostFacebookAccessTokenApi.credentials';
import { CrosspostFacebookOAuth2Api } from '@/credentials/CrosspostFacebookOAuth2Api.credentials';
import { Facebook } from '@/nodes/Facebook/Facebook.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { testNode, type TestNode } from '@/test/support/n8n';

export { outcome } from '@/test/support/n8n';

export const GRAPH = 'https://graph.facebook.com';
export const VIDEO = 'https://graph-video.facebook.com';
const APP = { clientId: 'app-1', clientSecret: 'app-secret-1234' };
export const PAGE = '100200300400';
export const TYPE = 'crosspostFacebookOAuth2Api';
export const PASTED = 'crosspostFacebookAccessTokenApi';

const DAY = 86_400_000;

interface Kept {
	/** Tokens of Pages that are known already. */
	pages?: Record<string, string>;
	left?: number;
}

/** A token as the pack leaves it in the credential. */
export function longToken(
	access_token = 'user-token-1',
	{ pages = {}, left }: Kept = {},
): TokenData {
	const secrets = Object.entries(pages).map(([page, token]) => [`page:${page}`, token]);
	return {
		access_token,
		expires_in: 5_184_000,
		n8n_expires_at: String(Date.now() + (left ?? 50 * DAY)),
		scope: 'pages_manage_posts,pages_show_list',
		crosspost: {
			of: createHash('sha256').update(access_token).digest('hex'),
			own: true,
			account: { id: '99', name: 'Alice' },
			secrets: Object.fromEntries(secrets),
		},
	};
}

export interface Setup {
	token?: TokenData;
	/** Of the credential, beside the token. */
	credential?: ICredentialDataDecryptedObject;
	/** Connected by a pasted token instead. */
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
	return testNode({
		type: new Facebook(),
		parameters: {
			authentication: pasted ? 'accessToken' : 'oAuth2',
			resource: 'post',
			operation: 'publish',
			target: { __rl: true, mode: 'id', value: PAGE },
			...parameters,
		},
		credentials: [{ type, data }],
		continueOnFail,
	});
}
