import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import nock from 'nock';

import { CrosspostLinkedInOAuth2Api } from '@/credentials/CrosspostLinkedInOAuth2Api.credentials';
import { linkedIn } from '@/nodes/LinkedIn/linkedIn';
import { conversation } from '@/test/support/conversation';
import { ALL, HOST, linkedInNode, MEMBER, outcome, tokenData } from './setup';
import { me, published } from './talk';

const SITE = 'https://www.linkedin.com';

describe('the credential', () => {
	const resolved = async (credential: ICredentialDataDecryptedObject) =>
		await linkedInNode({}, { credential })
			.loadOptions()
			.getCredentials('crosspostLinkedInOAuth2Api');

	it.each<[ICredentialDataDecryptedObject, string]>([
		[{}, 'openid profile w_member_social'],
		[
			{ organizations: true },
			'openid profile w_member_social w_organization_social r_organization_social rw_organization_admin',
		],
		[{ extendedScopes: ['email'] }, 'openid profile w_member_social email'],
		[
			{ organizations: true, customScope: ' r_basicprofile w_member_social ' },
			'r_basicprofile w_member_social',
		],
	])('asks with %j for %s', async (data, scope) => {
		expect(await resolved(data)).toMatchObject({
			scope,
			authUrl: `${SITE}/oauth/v2/authorization`,
			accessTokenUrl: `${SITE}/oauth/v2/accessToken`,
			authentication: 'body',
			version: '202609',
		});
	});

	it('shows the version, which LinkedIn retires every year', () => {
		const version = new CrosspostLinkedInOAuth2Api().properties.find(
			({ name }) => name === 'version',
		);
		expect(version).toMatchObject({ type: 'string', displayName: 'LinkedIn Version' });
	});
});

describe('the account', () => {
	const get = { resource: 'account', operation: 'get' };
	const introspected = (body: object) =>
		nock(SITE)
			.post('/oauth/v2/introspectToken', {
				client_id: 'linkedIn-client',
				client_secret: 'linkedIn-secret',
				token: 'at-1',
			})
			.reply(200, body);

	it('is that of the token, with its end and scopes as LinkedIn knows them', async () => {
		const talk = conversation(HOST, [
			['GET', '/v2/userinfo', 200, { sub: 'abc', name: 'Alice Example', email: 'a@example.com' }],
		]);
		introspected({
			active: true,
			status: 'active',
			scope: 'openid,profile',
			expires_at: 1_800_000_000,
		});
		expect(await outcome(linkedInNode(get))).toMatchObject([
			{
				account: { id: 'abc', name: 'Alice Example' },
				details: { email: 'a@example.com' },
				token: { renewedByItself: false },
				scopes: { granted: ['openid', 'profile'], missing: ['w_member_social'] },
			},
		]);
		talk.done();
	});

	it('is read from the basic profile where the app has no OpenID', async () => {
		const talk = conversation(HOST, [
			[
				'GET',
				'/v2/me',
				200,
				{
					id: 'abc',
					localizedFirstName: 'Alice',
					localizedLastName: 'Example',
					vanityName: 'alice',
				},
			],
		]);
		introspected({ active: true });
		const scope = 'r_basicprofile,w_member_social,w_organization_social';
		expect(await outcome(linkedInNode(get, { scope, refresh: 'rt-1' }))).toMatchObject([
			{
				account: { id: 'abc', name: 'Alice Example' },
				url: `${SITE}/in/alice`,
				token: { renewedByItself: true },
			},
		]);
		talk.done();
	});

	it('is told of by the introspection of a token that ended', async () => {
		const [{ inspect }] = linkedIn.credentials;
		const answer = { active: false, status: 'revoked', scope: 'openid', expires_at: 1_800_000_000 };
		const http = async () => await Promise.resolve({ status: 200, headers: {}, body: answer });
		expect(await inspect?.(http, { oauthBaseUrl: SITE }, tokenData())).toEqual({
			active: false,
			reason: 'the token is revoked',
			expiresAt: 1_800_000_000_000,
			scopes: ['openid'],
		});
	});

	it.each([
		[401, { error: 'invalid_client' }],
		[503, '<html>'],
	])('is no less alive where the introspection answers HTTP %i', async (status, body) => {
		const [{ inspect }] = linkedIn.credentials;
		const http = async () => await Promise.resolve({ status, headers: {}, body });
		expect(await inspect?.(http, { oauthBaseUrl: SITE }, tokenData())).toBeUndefined();
	});

	it('can only be disconnected by the member', async () => {
		const disconnect = { resource: 'account', operation: 'disconnect' };
		expect(await outcome(linkedInNode(disconnect))).toMatchObject([
			{ revoked: false, forgotten: true, manage: expect.stringContaining('permitted-services') },
		]);
	});
});

describe('the token', () => {
	it('is not renewed without a refresh token, however near its end', async () => {
		const talk = conversation(HOST, [me, published()]);
		const node = linkedInNode({ text: 'Hello' }, { scope: MEMBER, expires: 60_000 });
		expect(await outcome(node)).toMatchObject([{ status: 'published', warnings: [] }]);
		talk.done();
	});

	it('is renewed a day before its end where LinkedIn gave a refresh token', async () => {
		const token = { access_token: 'at-2', expires_in: 5_184_000, refresh_token: 'rt-1' };
		const renewal = nock(SITE)
			.post('/oauth/v2/accessToken', /grant_type=refresh_token/)
			.reply(200, token);
		const talk = conversation(HOST, [me, published()]);
		const soon = { scope: ALL, refresh: 'rt-1', expires: 43_200_000 };
		expect(await outcome(linkedInNode({ text: 'Hello' }, soon))).toMatchObject([
			{ status: 'published' },
		]);
		expect(renewal.isDone()).toBe(true);
		expect(talk.requests[0].headers.authorization).toBe('Bearer at-2');
		talk.done();
	});

	it('that LinkedIn will not renew any more must be connected anew', async () => {
		nock(SITE).post('/oauth/v2/accessToken').twice().reply(400, {
			error: 'invalid_request',
			error_description:
				'The provided authorization grant or refresh token is invalid, expired or revoked',
		});
		const ended = { refresh: 'rt-1', expires: -1000 };
		expect(await outcome(linkedInNode({ text: 'Hello' }, ended))).toMatchObject([
			{
				error: {
					code: 'platform_auth_failed',
					remediation: 'Reconnect the credential "My crosspostLinkedInOAuth2Api" and run again.',
				},
			},
		]);
	});
});
