import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CrosspostTikTokOAuth2Api } from '@/credentials/CrosspostTikTokOAuth2Api.credentials';
import { TikTok } from '@/nodes/TikTok/TikTok.node';
import { testNode } from '@/test/support/n8n';

const resolved = async (data: ICredentialDataDecryptedObject) => {
	const type = new CrosspostTikTokOAuth2Api();
	const node = testNode({ type: new TikTok(), parameters: {}, credentials: [{ type, data }] });
	return await node.loadOptions().getCredentials(type.name);
};

it('shows the app as client_key at the consent and when the code is exchanged', async () => {
	expect(await resolved({ clientId: 'awabc12' })).toMatchObject({
		grantType: 'authorizationCode',
		authUrl: 'https://www.tiktok.com/v2/auth/authorize/',
		accessTokenUrl: 'https://open.tiktokapis.com/v2/oauth/token/',
		authQueryParameters: 'client_key=awabc12',
		additionalBodyProperties: '{"client_key":"awabc12"}',
		authentication: 'body',
	});
	const elsewhere = { apiBaseUrl: 'http://127.0.0.1:1', webBaseUrl: 'http://127.0.0.1:2' };
	expect(await resolved(elsewhere)).toMatchObject({
		authUrl: 'http://127.0.0.1:2/v2/auth/authorize/',
		accessTokenUrl: 'http://127.0.0.1:1/v2/oauth/token/',
	});
});

describe('the scopes', () => {
	const WRITE = 'user.info.basic,user.info.profile,video.publish';

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['by default', {}, WRITE],
		[
			'with further ones',
			{ extendedScopes: ['video.upload', 'video.list'] },
			`${WRITE},video.upload,video.list`,
		],
		[
			'by hand',
			{ extendedScopes: ['video.list'], customScope: ' user.info.basic,video.upload ' },
			'user.info.basic,video.upload',
		],
	])('are what is needed %s', async (_how, data, scope) => {
		expect(await resolved(data)).toMatchObject({ scope });
	});
});
