import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CrosspostPinterestOAuth2Api } from '@/credentials/CrosspostPinterestOAuth2Api.credentials';
import { Pinterest } from '@/nodes/Pinterest/Pinterest.node';
import { outcome, type TestNode } from '@/test/support/n8n';
import { publishingNode } from '@/test/support/node';

export { fromBinary as binary, fromUrls, outcome as resultsOf } from '@/test/support/node';

export const HOST = 'https://api.pinterest.com';
export const BOARD = '549755885175';
export const SECTION = '5258814934636085108';

const DAY = 86_400_000;

export function tokenData(access_token: string, refresh_token: string, left = 30 * DAY) {
	return {
		token_type: 'bearer',
		response_type: 'authorization_code',
		access_token,
		refresh_token,
		scope: 'boards:read boards:write pins:read pins:write user_accounts:read',
		n8n_expires_at: String(Date.now() + left),
	};
}

/** The Pinterest node with a connected credential; errors appear in the item. */
export function pinterestNode(
	parameters: IDataObject,
	credential: ICredentialDataDecryptedObject = {},
): TestNode {
	const target = { __rl: true, mode: 'list', value: BOARD };
	return publishingNode(
		{ target, ...parameters },
		{
			type: new Pinterest(),
			credential: new CrosspostPinterestOAuth2Api(),
			data: {
				clientId: 'pinterest-client',
				clientSecret: 'pinterest-secret',
				oauthTokenData: tokenData('pina_1', 'pinr_1'),
				...credential,
			},
		},
	);
}

export async function resultOf(...asked: Parameters<typeof outcome>): Promise<IDataObject> {
	const [first] = await outcome(...asked);
	return first;
}

export const me = ['GET', '/v5/user_account', 200, { id: '7', username: 'alice' }] as const;
export const made = (id = '9') => ['POST', '/v5/pins', 201, { id }] as const;
