import { createHmac } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CrosspostFacebookAccessTokenApi } from '@/credentials/CrosspostFacebookAccessTokenApi.credentials';
import { CrosspostFacebookOAuth2Api } from '@/credentials/CrosspostFacebookOAuth2Api.credentials';
import { Facebook } from '@/nodes/Facebook/Facebook.node';
import { testNode } from '@/test/support/n8n';

const resolved = async (data: ICredentialDataDecryptedObject) => {
	const type = new CrosspostFacebookOAuth2Api();
	const node = testNode({ type: new Facebook(), parameters: {}, credentials: [{ type, data }] });
	return await node.loadOptions().getCredentials(type.name);
};

it('asks Facebook in the chosen version for the consent and the token', async () => {
	expect(await resolved({})).toMatchObject({
		grantType: 'authorizationCode',
		authUrl: 'https://www.facebook.com/v26.0/dialog/oauth',
		accessTokenUrl: 'https://graph.facebook.com/v26.0/oauth/access_token',
		authentication: 'body',
		authQueryParameters: '',
	});
	const elsewhere = {
		apiBaseUrl: 'http://127.0.0.1:1',
		webBaseUrl: 'http://127.0.0.1:2',
		graphVersion: 'v27.0',
	};
	expect(await resolved(elsewhere)).toMatchObject({
		authUrl: 'http://127.0.0.1:2/v27.0/dialog/oauth',
		accessTokenUrl: 'http://127.0.0.1:1/v27.0/oauth/access_token',
	});
});

describe('the permissions', () => {
	const WRITE = 'pages_manage_posts,pages_read_engagement,pages_show_list,business_management';

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['by default', {}, WRITE],
		['with further ones', { extendedScopes: ['read_insights'] }, `${WRITE},read_insights`],
		[
			'by hand',
			{ extendedScopes: ['read_insights'], customScope: ' pages_show_list,publish_video ' },
			'pages_show_list,publish_video',
		],
	])('are what is needed %s', async (_how, data, scope) => {
		expect(await resolved(data)).toMatchObject({ scope });
	});

	it('are those of the configuration, if the app has one', async () => {
		expect(await resolved({ configId: ' 123 ', extendedScopes: ['read_insights'] })).toMatchObject({
			scope: '',
			authQueryParameters: 'config_id=123',
		});
	});
});

describe('a pasted token', () => {
	const request = { url: '/v26.0/me', qs: { fields: 'id' } };
	const signed = async (data: ICredentialDataDecryptedObject) =>
		await new CrosspostFacebookAccessTokenApi().authenticate(data, request);
	const app = { accessToken: ' token-1 ', clientSecret: 'app-secret' };
	const headers = { authorization: 'Bearer token-1' };

	it('is tested with the proof of the app’s secret, where that is wanted', async () => {
		const proof = createHmac('sha256', 'app-secret').update('token-1').digest('hex');
		expect(await signed({ ...app, signRequests: true })).toEqual({
			...request,
			headers,
			qs: { fields: 'id', appsecret_proof: proof },
		});
		expect(await signed(app)).toEqual({ ...request, headers });
	});
});
