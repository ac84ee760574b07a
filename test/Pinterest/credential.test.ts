import type { IDataObject } from 'n8n-workflow';

import { CrosspostPinterestOAuth2Api } from '@/credentials/CrosspostPinterestOAuth2Api.credentials';
import { conversation } from '@/test/support/conversation';
import { HOST, pinterestNode, resultOf, tokenData } from './setup';

const SANDBOX = 'https://api-sandbox.pinterest.com';
const WRITE = 'boards:read,boards:write,pins:read,pins:write,user_accounts:read';
const SECRET = 'boards:read_secret,boards:write_secret,pins:read_secret,pins:write_secret';

/** Returns the credential as n8n gives it to a node. */
async function resolved(data: IDataObject = {}): Promise<IDataObject> {
	const context = pinterestNode({}, data as never).loadOptions();
	return await context.getCredentials(new CrosspostPinterestOAuth2Api().name);
}

describe('the credential', () => {
	it('asks for what publishing needs, for more, or for what the user says', async () => {
		expect((await resolved()).scope).toBe(WRITE);
		expect((await resolved({ extendedScopes: true })).scope).toBe(`${WRITE},${SECRET}`);
		expect((await resolved({ customScope: ' pins:read,boards:read ' })).scope).toBe(
			'pins:read,boards:read',
		);
	});

	it('proves the app in the header and asks for a connection that can be renewed', async () => {
		expect(await resolved()).toMatchObject({
			grantType: 'authorizationCode',
			authentication: 'header',
			authUrl: 'https://www.pinterest.com/oauth/',
			additionalBodyProperties: '{"continuous_refresh":"true"}',
		});
	});

	it.each([
		['production', {}, HOST],
		['sandbox', { environment: 'sandbox' }, SANDBOX],
		['production elsewhere', { apiBaseUrl: 'http://127.0.0.1:1' }, 'http://127.0.0.1:1'],
		[
			'sandbox elsewhere',
			{ environment: 'sandbox', sandboxBaseUrl: 'http://127.0.0.1:2' },
			'http://127.0.0.1:2',
		],
	])('sends requests and renewals for %s to the same host', async (_what, data, host) => {
		expect(await resolved(data)).toMatchObject({
			environmentBaseUrl: host,
			accessTokenUrl: `${host}/v5/oauth/token`,
		});
	});
});

describe('the connection', () => {
	const DAY = 86_400_000;
	const me = ['GET', '/v5/user_account', 200, { id: '7', username: 'alice' }] as const;
	const renewed = [
		'POST',
		'/v5/oauth/token',
		200,
		{
			...tokenData('pina_2', 'pinr_2'),
			expires_in: 2_592_000,
			refresh_token_expires_in: 5_184_000,
		},
	] as const;
	const account = { resource: 'account', operation: 'get' };

	it.each([
		['production', {}, HOST],
		['the sandbox', { environment: 'sandbox' }, SANDBOX],
	])(
		'to %s is renewed a day before its end, with the refresh token that came last',
		async (_what, data, host) => {
			const talk = conversation(host, [renewed, me]);
			const node = pinterestNode(account, {
				...data,
				oauthTokenData: tokenData('pina_1', 'pinr_1', DAY - 60_000),
			});
			expect(await resultOf(node)).toMatchObject({ account: { name: 'alice' } });
			const [refresh, asked] = talk.requests;
			expect(Object.fromEntries(new URLSearchParams(String(refresh.body)))).toEqual({
				grant_type: 'refresh_token',
				refresh_token: 'pinr_1',
			});
			const client = Buffer.from('pinterest-client:pinterest-secret').toString('base64');
			expect(refresh.headers.authorization).toBe(`Basic ${client}`);
			expect(asked.headers.authorization).toBe('Bearer pina_2');
			expect(node.stored.crosspostPinterestOAuth2Api.oauthTokenData).toMatchObject({
				access_token: 'pina_2',
				refresh_token: 'pinr_2',
			});
			talk.done();
		},
	);

	it('is left alone before', async () => {
		const talk = conversation(HOST, [me]);
		const node = pinterestNode(account, {
			oauthTokenData: tokenData('pina_1', 'pinr_1', DAY + 60_000),
		});
		expect(await resultOf(node)).toMatchObject({ account: { name: 'alice' } });
		talk.done();
	});

	it('cannot be ended from here: Disconnect says where', async () => {
		const node = pinterestNode({ resource: 'account', operation: 'disconnect' });
		expect(await resultOf(node)).toMatchObject({
			revoked: false,
			forgotten: true,
			manage: 'https://www.pinterest.com/settings/security',
		});
	});
});
