import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CrosspostPinterestOAuth2Api } from '@/credentials/CrosspostPinterestOAuth2Api.credentials';
import { Pinterest } from '@/nodes/Pinterest/Pinterest.node';
import { testNode, type TestNode } from '@/test/support/n8n';

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

/** The Pinterest node with a connected credential; what goes wrong stands in the item. */
export function pinterestNode(
	parameters: IDataObject,
	credential: ICredentialDataDecryptedObject = {},
): TestNode {
	return testNode({
		type: new Pinterest(),
		parameters: {
			resource: 'post',
			operation: 'publish',
			target: { __rl: true, mode: 'list', value: BOARD },
			...parameters,
		},
		credentials: [
			{
				type: new CrosspostPinterestOAuth2Api(),
				data: {
					clientId: 'pinterest-client',
					clientSecret: 'pinterest-secret',
					oauthTokenData: tokenData('pina_1', 'pinr_1'),
					...credential,
				},
			},
		],
		continueOnFail: true,
	});
}

/** What one run gives, item by item. */
export async function resultsOf(
	node: TestNode,
	items: INodeExecutionData[] = [{ json: {} }],
	change: Parameters<TestNode['run']>[1] = {},
): Promise<IDataObject[]> {
	const [output] = await node.run(items, change);
	return output.map(({ json }) => json);
}

export async function resultOf(...asked: Parameters<typeof resultsOf>): Promise<IDataObject> {
	const [first] = await resultsOf(...asked);
	return first;
}

/** The Media field as the editor stores it. */
export const binary = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});
export const fromUrls = (...urls: string[]) => ({
	medium: urls.map((url) => ({ source: 'url', url })),
});

export const me = ['GET', '/v5/user_account', 200, { id: '7', username: 'alice' }] as const;
export const made = (id = '9') => ['POST', '/v5/pins', 201, { id }] as const;
