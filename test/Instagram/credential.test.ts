import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

import { CrosspostInstagramAccessTokenApi } from '@/credentials/CrosspostInstagramAccessTokenApi.credentials';
import { CrosspostInstagramFacebookOAuth2Api } from '@/credentials/CrosspostInstagramFacebookOAuth2Api.credentials';
import { CrosspostInstagramOAuth2Api } from '@/credentials/CrosspostInstagramOAuth2Api.credentials';
import { Instagram } from '@/nodes/Instagram/Instagram.node';
import { testNode } from '@/test/support/n8n';

const resolved = async (
	authentication: string,
	type: ICredentialType,
	data: ICredentialDataDecryptedObject = {},
) =>
	await testNode({
		type: new Instagram(),
		parameters: { authentication },
		credentials: [{ type, data }],
	})
		.loadOptions()
		.getCredentials(type.name);
const instagram = async (data?: ICredentialDataDecryptedObject) =>
	await resolved('instagramLogin', new CrosspostInstagramOAuth2Api(), data);
const facebook = async (data?: ICredentialDataDecryptedObject) =>
	await resolved('facebookLogin', new CrosspostInstagramFacebookOAuth2Api(), data);
const pasted = async (data?: ICredentialDataDecryptedObject) =>
	await resolved('accessToken', new CrosspostInstagramAccessTokenApi(), data);

it('Instagram Login asks Instagram’s own hosts, with the secret in the body', async () => {
	expect(await instagram()).toMatchObject({
		grantType: 'authorizationCode',
		authUrl: 'https://www.instagram.com/oauth/authorize',
		accessTokenUrl: 'https://api.instagram.com/oauth/access_token',
		apiBaseUrl: 'https://graph.instagram.com',
		authentication: 'body',
		login: 'instagramLogin',
	});
	const elsewhere = { tokenBaseUrl: 'http://127.0.0.1:1', authBaseUrl: 'http://127.0.0.1:2' };
	expect(await instagram(elsewhere)).toMatchObject({
		authUrl: 'http://127.0.0.1:2/oauth/authorize',
		accessTokenUrl: 'http://127.0.0.1:1/oauth/access_token',
	});
});

it('Facebook Login asks Facebook for the version that is chosen', async () => {
	expect(await facebook({ graphVersion: 'v27.0' })).toMatchObject({
		authUrl: 'https://www.facebook.com/v27.0/dialog/oauth',
		accessTokenUrl: 'https://graph.facebook.com/v27.0/oauth/access_token',
		apiBaseUrl: 'https://graph.facebook.com',
		authentication: 'body',
		login: 'facebookLogin',
	});
});

it('a pasted token is for the host of its login', async () => {
	expect(await pasted()).toMatchObject({ apiBaseUrl: 'https://graph.instagram.com' });
	expect(await pasted({ login: 'facebookLogin' })).toMatchObject({
		apiBaseUrl: 'https://graph.facebook.com',
	});
});

describe('the scopes', () => {
	const WRITE = 'instagram_business_basic,instagram_business_content_publish';
	const FACEBOOK =
		'instagram_basic,instagram_content_publish,pages_show_list,pages_read_engagement,business_management';

	it.each<[string, typeof instagram, ICredentialDataDecryptedObject, string]>([
		['by default', instagram, {}, WRITE],
		[
			'with further ones',
			instagram,
			{ extendedScopes: ['instagram_business_manage_insights'] },
			`${WRITE},instagram_business_manage_insights`,
		],
		['by hand', instagram, { customScope: ' a,b ', extendedScopes: ['c'] }, 'a,b'],
		['by Facebook', facebook, {}, FACEBOOK],
		[
			'by Facebook with further ones',
			facebook,
			{ extendedScopes: ['instagram_manage_contents'] },
			`${FACEBOOK},instagram_manage_contents`,
		],
	])('are what is needed %s', async (_how, way, data, scope) => {
		expect(await way(data)).toMatchObject({ scope });
	});
});
