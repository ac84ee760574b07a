import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CrosspostMastodonAccessTokenApi } from '@/credentials/CrosspostMastodonAccessTokenApi.credentials';
import { CrosspostMastodonOAuth2Api } from '@/credentials/CrosspostMastodonOAuth2Api.credentials';
import { CrosspostThreadsAccessTokenApi } from '@/credentials/CrosspostThreadsAccessTokenApi.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { Mastodon } from '@/nodes/Mastodon/Mastodon.node';
import { Threads } from '@/nodes/Threads/Threads.node';
import { X } from '@/nodes/X/X.node';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';

const MASTODON = 'https://mastodon.example.com';
const THREADS = 'https://graph.threads.net';
const X_HOST = 'https://api.x.com';
const DAY = 86_400_000;

const parameters = { resource: 'account', operation: 'disconnect' };

/** An X node whose access token ends in this many ms. */
const xNode = (left: number, more: ICredentialDataDecryptedObject = {}) =>
	testNode({
		type: new X(),
		parameters,
		credentials: [
			{
				type: new CrosspostXOAuth2Api(),
				data: {
					clientId: 'id',
					clientSecret: 'secret',
					oauthTokenData: {
						access_token: 'at',
						refresh_token: 'rt',
						n8n_expires_at: String(Date.now() + left),
					},
					...more,
				},
			},
		],
	});

describe('Account: Disconnect', () => {
	it('withdraws the grant where the platform has a way, and forgets the token', async () => {
		const node = testNode({
			type: new Mastodon(),
			parameters,
			credentials: [
				{
					type: new CrosspostMastodonOAuth2Api(),
					data: {
						instanceUrl: 'mastodon.example.com/',
						clientId: 'id',
						clientSecret: 'secret',
						oauthTokenData: { access_token: 'token-1' },
					},
				},
			],
		});
		const talk = conversation(MASTODON, [['POST', '/oauth/revoke', 200, {}]]);
		const [[{ json }]] = await node.run();
		expect(json).toEqual({
			platform: 'mastodon',
			credential: 'My crosspostMastodonOAuth2Api',
			revoked: true,
			forgotten: true,
			message: 'Mastodon has withdrawn the permission.',
			manage: expect.any(String),
		});
		expect(talk.requests[0].body).toBe('client_id=id&client_secret=secret&token=token-1');
		expect(node.stored.crosspostMastodonOAuth2Api.oauthTokenData).toBeUndefined();
	});

	it('ends both tokens of X with the client in the header', async () => {
		const node = xNode(DAY);
		const talk = conversation(X_HOST, [
			['POST', '/2/oauth2/revoke', 200, { revoked: true }],
			['POST', '/2/oauth2/revoke', 400, { error: 'invalid_request' }],
		]);
		expect((await node.run())[0][0].json).toMatchObject({ revoked: true, forgotten: true });
		expect(talk.requests.map(({ body, headers }) => [body, headers.authorization])).toEqual([
			['token=rt', `Basic ${Buffer.from('id:secret').toString('base64')}`],
			['token=at', `Basic ${Buffer.from('id:secret').toString('base64')}`],
		]);
	});

	it('keeps the token when the platform does not withdraw it', async () => {
		const oauthTokenData = { access_token: 'token-1' };
		const node = testNode({
			type: new Mastodon(),
			parameters,
			credentials: [
				{
					type: new CrosspostMastodonOAuth2Api(),
					data: { instanceUrl: MASTODON, clientId: 'id', clientSecret: 'secret', oauthTokenData },
				},
			],
			continueOnFail: true,
		});
		conversation(MASTODON, [['POST', '/oauth/revoke', 403, { error: 'unauthorized_client' }]]);
		expect((await node.run())[0][0].json.error).toMatchObject({ code: 'permission_missing' });
		expect(node.stored.crosspostMastodonOAuth2Api.oauthTokenData).toEqual(oauthTokenData);
	});

	it('says where to remove the app where the platform has no way', async () => {
		const node = pasted({ accessToken: 'pasted-token' });
		conversation(THREADS, [
			[
				'GET',
				'/v1.0/debug_token',
				200,
				{ data: { is_valid: true, expires_at: Math.floor(Date.now() / 1000) + 50 * 86_400 } },
			],
		]);
		const [[{ json }]] = await node.run();
		expect(json).toMatchObject({
			revoked: false,
			forgotten: false,
			message:
				'Threads has no way to withdraw the permission from here: remove it at https://www.threads.net/settings/website_permissions. The credential still has what was typed into it, and connects again with that: delete it.',
		});
		expect(node.stored.crosspostThreadsAccessTokenApi.oauthTokenData).toBeUndefined();
	});

	it('forgets a token that is dead already', async () => {
		const node = xNode(-DAY, { grantType: 'pkce' });
		conversation(X_HOST, [['POST', '/2/oauth2/token', 400, { error: 'invalid_request' }]]);
		expect((await node.run())[0][0].json).toMatchObject({
			revoked: false,
			forgotten: true,
			message: 'X did not accept the connection any more.',
		});
		expect(node.stored.crosspostXOAuth2Api.oauthTokenData).toBeUndefined();
	});
});

const pasted = (data: IDataObject, operation = 'disconnect') =>
	testNode({
		type: new Threads(),
		parameters: { resource: 'account', operation, authentication: 'accessToken' },
		credentials: [{ type: new CrosspostThreadsAccessTokenApi(), data: data as never }],
		continueOnFail: true,
	});

describe('an access token from the vendor’s console', () => {
	const now = Math.floor(Date.now() / 1000);
	const alice = ['GET', '/v1.0/me', 200, { id: '99', username: 'alice' }] as const;

	it('of 60 days is used as it is, with its life and scopes', async () => {
		const node = pasted({ accessToken: ' pasted-token ' }, 'get');
		const info = {
			is_valid: true,
			issued_at: now - 86_400,
			expires_at: now + 59 * 86_400,
			scopes: ['threads_basic'],
		};
		const talk = conversation(THREADS, [
			['GET', '/v1.0/debug_token', 200, { data: info }],
			alice,
			['GET', '/v1.0/debug_token', 200, { data: info }],
		]);
		expect((await node.run())[0][0].json).toMatchObject({
			account: { id: '99', name: 'alice' },
			token: { expiresAt: new Date(info.expires_at * 1000).toISOString(), renewedByItself: true },
			scopes: { granted: ['threads_basic'], missing: ['threads_content_publish'] },
		});
		expect(talk.requests[1].headers.authorization).toBe('Bearer pasted-token');
		expect(node.stored.crosspostThreadsAccessTokenApi).toMatchObject({
			accessToken: ' pasted-token ',
			oauthTokenData: { access_token: 'pasted-token', scope: 'threads_basic' },
		});
		talk.done();
	});

	it('of one hour is exchanged with the app’s secret', async () => {
		const node = pasted({ accessToken: 'short', clientSecret: 'app-secret' }, 'get');
		const short = { is_valid: true, issued_at: now, expires_at: now + 3600 };
		const talk = conversation(THREADS, [
			['GET', '/v1.0/debug_token', 200, { data: short }],
			['GET', '/access_token', 200, { access_token: 'long', expires_in: 5_184_000 }],
			['GET', '/v1.0/debug_token', 200, { data: { is_valid: true, scopes: ['threads_basic'] } }],
			alice,
			['GET', '/v1.0/debug_token', 503, ''],
		]);
		expect((await node.run())[0][0].json).toMatchObject({ account: { name: 'alice' } });
		expect(talk.requests[1].query).toEqual({
			grant_type: 'th_exchange_token',
			client_secret: 'app-secret',
			access_token: 'short',
		});
		expect(node.stored.crosspostThreadsAccessTokenApi.oauthTokenData).toMatchObject({
			access_token: 'long',
		});
		talk.done();
	});

	it('that is dead asks for another one', async () => {
		const node = pasted({ accessToken: 'dead' }, 'get');
		const error = { message: 'Session has expired' };
		conversation(THREADS, [
			['GET', '/v1.0/debug_token', 200, { data: { is_valid: false, error } }],
		]);
		expect((await node.run())[0][0].json.error).toMatchObject({
			code: 'platform_auth_failed',
			message: 'Threads: Session has expired',
			remediation: 'Reconnect the credential "My crosspostThreadsAccessTokenApi" and run again.',
		});
	});

	it('takes the place of the one before as soon as it is pasted', async () => {
		const node = testNode({
			type: new Mastodon(),
			parameters: { resource: 'account', operation: 'get', authentication: 'accessToken' },
			credentials: [
				{
					type: new CrosspostMastodonAccessTokenApi(),
					data: { instanceUrl: MASTODON, accessToken: 'one' },
				},
			],
		});
		const me = (username: string) =>
			['GET', '/api/v1/accounts/verify_credentials', 200, { id: username, username }] as const;
		const talk = conversation(MASTODON, [me('alice'), me('bob')]);
		const first = (await node.run())[0][0].json;
		node.stored.crosspostMastodonAccessTokenApi.accessToken = 'two';
		const second = (await node.run(undefined, { fresh: true }))[0][0].json;
		expect([first.account, second.account]).toMatchObject([{ id: 'alice' }, { id: 'bob' }]);
		expect(first.token).toEqual({ expiresAt: null, renewedByItself: false });
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer one',
			'Bearer two',
		]);
	});
});
