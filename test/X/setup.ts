import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CrosspostXOAuth2Api } from '../../credentials/CrosspostXOAuth2Api.credentials';
import { X } from '../../nodes/X/X.node';
import { type TestNode } from '../support/n8n';
import { publishingNode } from '../support/node';
import type { Sandbox } from '../sandbox';
import type { XState } from '../sandbox/x/model';

export const ALICE = { id: '42', name: 'alice' };

interface Change {
	credential?: ICredentialDataDecryptedObject;
	continueOnFail?: boolean;
}

/** The X node with a connected credential. */
export function xNode(
	parameters: IDataObject,
	{ credential = {}, continueOnFail = false }: Change = {},
): TestNode {
	return publishingNode(parameters, {
		type: new X(),
		credential: new CrosspostXOAuth2Api(),
		data: {
			clientId: 'x-client',
			clientSecret: 'x-secret',
			oauthTokenData: tokenData('at-1', 'rt-1'),
			...credential,
		},
		continueOnFail,
	});
}

function tokenData(access_token: string, refresh_token: string, seconds = 7200) {
	return {
		token_type: 'bearer',
		access_token,
		refresh_token,
		scope: 'tweet.read tweet.write users.read media.write offline.access',
		n8n_expires_at: String(Date.now() + seconds * 1000),
	};
}

/** A credential that is connected to an account of the sandbox. */
export function connected({ url, issueToken }: Sandbox<XState>, account?: string) {
	const { accessToken, refreshToken } = issueToken({ ...(account && { account }) });
	return {
		apiBaseUrl: url,
		webBaseUrl: url,
		oauthTokenData: tokenData(accessToken, refreshToken ?? ''),
	};
}

/** Returns the result of the first item of one run. */
export async function resultOf(
	node: TestNode,
	item: INodeExecutionData = { json: {} },
	change: Parameters<TestNode['run']>[1] = {},
): Promise<IDataObject> {
	const [[first]] = await node.run([item], change);
	return first.json;
}
