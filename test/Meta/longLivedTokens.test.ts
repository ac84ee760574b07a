import type { IDataObject } from 'n8n-workflow';

import { longLivedTokens } from '@/nodes/Meta/longLivedTokens';
import type { Platform } from '@/nodes/shared/contract/platform';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const HOST = 'https://graph.example.com';

const platform: Platform = samplePlatform({
	token: longLivedTokens({ platform: () => platform, grant: 'sample' }).connected,
	whoami: async () => ({ id: '1', name: 'alice' }),
});

const node = (oauthTokenData: IDataObject) =>
	testNode({
		type: nodeOf(platform),
		parameters: { resource: 'account', operation: 'get' },
		credentials: [
			{
				type: sampleCredential,
				data: { apiBaseUrl: HOST, clientSecret: 'secret', oauthTokenData },
			},
		],
		continueOnFail: true,
	});
const listed = (access_token: string, permissions: unknown) => ({
	data: [{ access_token, user_id: 1, permissions }],
});
const long = (access_token: string) =>
	['GET', '/access_token', 200, { access_token, expires_in: 5_184_000 }] as const;

describe('a vendor’s first token in a list', () => {
	it('is exchanged, and again after reconnecting, when n8n has merged it with the old one', async () => {
		const talk = conversation(HOST, [long('long-1'), long('long-2')]);
		const once = node(listed('short-1', ['read', 'write']));
		await once.run();
		const first = once.stored.sampleApi.oauthTokenData as IDataObject;
		expect(first).toMatchObject({ access_token: 'long-1', scope: 'read,write' });
		expect(first).not.toHaveProperty('data');
		await once.run(undefined, { fresh: true });

		const again = node({ ...first, ...listed('short-2', 'read') });
		await again.run();
		expect(again.stored.sampleApi.oauthTokenData).toMatchObject({
			access_token: 'long-2',
			scope: 'read',
		});
		expect(talk.requests.map(({ query }) => query.access_token)).toEqual(['short-1', 'short-2']);
		talk.done();
	});
});
