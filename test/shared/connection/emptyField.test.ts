import type { ICredentialDataDecryptedObject, ICredentialType, INodeType } from 'n8n-workflow';

import { CrosspostFacebookAccessTokenApi } from '@/credentials/CrosspostFacebookAccessTokenApi.credentials';
import { CrosspostInstagramAccessTokenApi } from '@/credentials/CrosspostInstagramAccessTokenApi.credentials';
import { CrosspostMastodonAccessTokenApi } from '@/credentials/CrosspostMastodonAccessTokenApi.credentials';
import { CrosspostPinterestOAuth2Api } from '@/credentials/CrosspostPinterestOAuth2Api.credentials';
import { CrosspostThreadsAccessTokenApi } from '@/credentials/CrosspostThreadsAccessTokenApi.credentials';
import { CrosspostTikTokOAuth2Api } from '@/credentials/CrosspostTikTokOAuth2Api.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { Facebook } from '@/nodes/Facebook/Facebook.node';
import { Instagram } from '@/nodes/Instagram/Instagram.node';
import { Mastodon } from '@/nodes/Mastodon/Mastodon.node';
import { Pinterest } from '@/nodes/Pinterest/Pinterest.node';
import { Threads } from '@/nodes/Threads/Threads.node';
import { TikTok } from '@/nodes/TikTok/TikTok.node';
import { X } from '@/nodes/X/X.node';
import { outcome, testNode } from '@/test/support/n8n';

/** Returns the failure of an operation on the account; expects no requests. */
async function failed(
	type: INodeType,
	credential: ICredentialType,
	data: Record<string, unknown>,
	operation = 'get',
) {
	const pasted = credential.name.endsWith('AccessTokenApi');
	const node = testNode({
		type,
		parameters: {
			...{ resource: 'account', operation },
			...(pasted && { authentication: 'accessToken' }),
		},
		credentials: [{ type: credential, data: data as ICredentialDataDecryptedObject }],
		continueOnFail: true,
	});
	const [{ error }] = await outcome(node);
	return error;
}

const named = (platform: string, field: string, message: string) => ({
	...{ code: 'validation_failed', rule: `${platform}.credential.${field}` },
	message: expect.stringContaining(message) as string,
});

describe.each([
	['facebook', new Facebook(), new CrosspostFacebookAccessTokenApi()],
	['instagram', new Instagram(), new CrosspostInstagramAccessTokenApi()],
	['mastodon', new Mastodon(), new CrosspostMastodonAccessTokenApi()],
	['threads', new Threads(), new CrosspostThreadsAccessTokenApi()],
])('the Access Token of %s', (platform, type, credential) => {
	it.each([{ accessToken: '' }, { accessToken: ' ' }, { accessToken: null }, {}])(
		'is named where it is empty: %j',
		async (data) => {
			const all = { instanceUrl: 'https://m.example', ...data };
			const message = 'The field Access Token of the credential is empty';
			expect(await failed(type, credential, all)).toMatchObject(
				named(platform, 'accessToken', message),
			);
		},
	);
});

const token = { access_token: 'at', refresh_token: 'rt', n8n_expires_at: '9999999999999' };

it.each(['', null, 'Sandbox', '={{ undefined }}', '={{ null }}', '={{ "" }}'])(
	'the Environment %j is neither production nor sandbox',
	async (environment) => {
		const data = { environment, oauthTokenData: token };
		const message = 'The field Environment of the credential';
		expect(await failed(new Pinterest(), new CrosspostPinterestOAuth2Api(), data)).toMatchObject(
			named('pinterest', 'environment', message),
		);
	},
);

it.each(['', 'somewhere', '={{ undefined }}'])('the Login %j is none', async (login) => {
	const data = { login, accessToken: 'IGx' };
	const message = 'The field Login of the credential';
	const credential = new CrosspostInstagramAccessTokenApi();
	expect(await failed(new Instagram(), credential, data)).toMatchObject(
		named('instagram', 'login', message),
	);
});

const app = { clientId: 'id', clientSecret: 'secret', oauthTokenData: token };

describe.each([
	['tikTok', new TikTok(), new CrosspostTikTokOAuth2Api()],
	['x', new X(), new CrosspostXOAuth2Api()],
])('to disconnect %s', (platform, type, credential) => {
	it.each([
		['clientId', 'Client ID'],
		['clientSecret', 'Client Secret'],
	])('takes the %s', async (name, label) => {
		for (const value of ['', ' ', null, undefined]) {
			const data = { ...app, [name]: value };
			expect(await failed(type, credential, data, 'disconnect')).toMatchObject(
				named(platform, name, `The field ${label} of the credential is empty`),
			);
		}
	});
});
