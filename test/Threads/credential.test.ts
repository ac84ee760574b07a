import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CrosspostThreadsOAuth2Api } from '@/credentials/CrosspostThreadsOAuth2Api.credentials';
import { Threads } from '@/nodes/Threads/Threads.node';
import { testNode } from '@/test/support/n8n';

const resolved = async (data: ICredentialDataDecryptedObject) => {
	const type = new CrosspostThreadsOAuth2Api();
	const node = testNode({ type: new Threads(), parameters: {}, credentials: [{ type, data }] });
	return await node.loadOptions().getCredentials(type.name);
};

it('asks Threads itself for the consent and the token, with the secret in the body', async () => {
	expect(await resolved({})).toMatchObject({
		grantType: 'authorizationCode',
		authUrl: 'https://threads.net/oauth/authorize',
		accessTokenUrl: 'https://graph.threads.net/oauth/access_token',
		authentication: 'body',
	});
	const elsewhere = { apiBaseUrl: 'http://127.0.0.1:1', authBaseUrl: 'http://127.0.0.1:2' };
	expect(await resolved(elsewhere)).toMatchObject({
		authUrl: 'http://127.0.0.1:2/oauth/authorize',
		accessTokenUrl: 'http://127.0.0.1:1/oauth/access_token',
	});
});

describe('the scopes', () => {
	const WRITE = 'threads_basic,threads_content_publish';

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['by default', {}, WRITE],
		[
			'with further ones',
			{ extendedScopes: ['threads_delete', 'threads_read_replies'] },
			`${WRITE},threads_delete,threads_read_replies`,
		],
		[
			'by hand',
			{
				extendedScopes: ['threads_delete'],
				customScope: ' threads_basic,threads_manage_insights ',
			},
			'threads_basic,threads_manage_insights',
		],
	])('are what is needed %s', async (_how, data, scope) => {
		expect(await resolved(data)).toMatchObject({ scope });
	});
});
