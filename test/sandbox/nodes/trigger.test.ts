import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { CrosspostFacebookOAuth2Api } from '@/credentials/CrosspostFacebookOAuth2Api.credentials';
import { CrosspostLinkedInOAuth2Api } from '@/credentials/CrosspostLinkedInOAuth2Api.credentials';
import { CrosspostMastodonOAuth2Api } from '@/credentials/CrosspostMastodonOAuth2Api.credentials';
import { CrosspostPinterestOAuth2Api } from '@/credentials/CrosspostPinterestOAuth2Api.credentials';
import { CrosspostThreadsOAuth2Api } from '@/credentials/CrosspostThreadsOAuth2Api.credentials';
import { CrosspostTikTokOAuth2Api } from '@/credentials/CrosspostTikTokOAuth2Api.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { testNode } from '@/test/support/n8n';
import { advance } from '../../support/time';
import { startSandbox, type Sandbox, type SandboxName } from '..';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Case {
	id: string;
	sandbox: SandboxName;
	type: ICredentialType;
	/** Where the credential finds the platform. */
	hosts(url: string): IDataObject;
	/** Kind of the token that connecting gives. */
	kind?: string;
	/** Ms after which the trigger has something to do, and what it tells then. */
	after: number;
	tells: string;
}

const cases: Case[] = [
	{
		id: 'facebook',
		sandbox: 'facebook',
		type: new CrosspostFacebookOAuth2Api(),
		hosts: (url) => ({ apiBaseUrl: url, webBaseUrl: url }),
		after: 51 * DAY,
		tells: 'token.refreshed',
	},
	{
		id: 'linkedIn',
		sandbox: 'linkedIn',
		type: new CrosspostLinkedInOAuth2Api(),
		hosts: (url) => ({ apiBaseUrl: url, oauthBaseUrl: url }),
		after: 54 * DAY,
		tells: 'token.expiring',
	},
	{
		id: 'pinterest',
		sandbox: 'pinterest',
		type: new CrosspostPinterestOAuth2Api(),
		hosts: (url) => ({ apiBaseUrl: url, sandboxBaseUrl: `${url}/api-sandbox` }),
		after: 29.5 * DAY,
		tells: 'token.refreshed',
	},
	{
		id: 'threads',
		sandbox: 'threads',
		type: new CrosspostThreadsOAuth2Api(),
		hosts: (url) => ({ apiBaseUrl: url }),
		kind: 'short',
		after: 51 * DAY,
		tells: 'token.refreshed',
	},
	{
		id: 'tikTok',
		sandbox: 'tikTok',
		type: new CrosspostTikTokOAuth2Api(),
		hosts: (url) => ({ apiBaseUrl: url, webBaseUrl: url }),
		after: 23.75 * HOUR,
		tells: 'token.refreshed',
	},
	{
		id: 'x',
		sandbox: 'x',
		type: new CrosspostXOAuth2Api(),
		hosts: (url) => ({ apiBaseUrl: url, webBaseUrl: url }),
		after: 1.95 * HOUR,
		tells: 'token.refreshed',
	},
];

let sandbox: Sandbox<unknown>;

afterEach(async () => await sandbox.stop());

const client = {
	id: 'client-1',
	secret: 'client-secret-1',
	redirectUris: ['https://n8n.example/cb'],
};

const watching = async ({ id, sandbox: name, type, hosts, kind }: Case) => {
	sandbox = await startSandbox(name as 'x', { client } as object);
	const { accessToken, refreshToken, expiresAt } = sandbox.issueToken({ ...(kind && { kind }) });
	const life = expiresAt === undefined ? undefined : expiresAt - Date.now();
	return testNode({
		type: new CrosspostTrigger(),
		parameters: {
			platforms: [id],
			events: ['token.expiring', 'token.refreshed', 'token.revoked'],
			daysBefore: '7',
		},
		credentials: [
			{
				type,
				data: {
					grantType: 'authorizationCode',
					clientId: client.id,
					clientSecret: client.secret,
					...hosts(sandbox.url),
					oauthTokenData: {
						access_token: accessToken,
						...(refreshToken && { refresh_token: refreshToken }),
						...(life !== undefined && {
							expires_in: Math.round(life / 1000),
							n8n_expires_at: String(expiresAt),
						}),
					},
				},
			} as never,
		],
	});
};

describe.each(cases)('the trigger on $id', (one) => {
	it('keeps the connection or warns, and tells once that it is revoked', async () => {
		const node = await watching(one);
		const told = async () => (await node.poll()).map(({ json }) => json.event);
		const first = await told();
		// What connecting gave may have to be exchanged before anything else.
		expect(first.filter((event) => event !== 'token.refreshed')).toEqual([]);
		expect(await told()).toEqual([]);

		advance(one.after);
		expect(await told()).toEqual([one.tells]);
		expect(await told()).toEqual([]);

		advance(25 * HOUR);
		expect((await told()).filter((event) => event !== 'token.refreshed')).toEqual([]);
		sandbox.revokeAll();
		advance(25 * HOUR);
		expect(await told()).toEqual(['token.revoked']);
		expect(await told()).toEqual([]);
	});

	it('takes a platform that is down for nothing', async () => {
		const node = await watching(one);
		await node.poll();
		advance(Math.min(one.after, 25 * HOUR));
		sandbox.faults.always('*', { kind: '5xx-before', status: 503 });
		expect(await node.poll()).toEqual([]);
	});
});

it('warns of a token that Facebook gives back unchanged', async () => {
	const [facebook] = cases;
	const node = await watching(facebook);
	(sandbox as Sandbox<{ reexchange: string }>).state.reexchange = 'same';
	const told = async () => (await node.poll()).map(({ json }) => json.event);
	await told();
	advance(51 * DAY);
	expect(await told()).toEqual(['token.refreshed']);
	advance(3 * DAY);
	expect(await told()).not.toContain('token.expiring');
	advance(2 * DAY);
	expect(await told()).toContain('token.expiring');
	expect(await told()).toEqual([]);
});

it('finds a token of Mastodon revoked within a day', async () => {
	sandbox = await startSandbox('mastodon', { client } as object);
	const { accessToken } = sandbox.issueToken();
	const node = testNode({
		type: new CrosspostTrigger(),
		parameters: { platforms: ['mastodon'], events: ['token.revoked'] },
		credentials: [
			{
				type: new CrosspostMastodonOAuth2Api(),
				data: { instanceUrl: sandbox.url, oauthTokenData: { access_token: accessToken } },
			},
		],
	});
	const told = async () => (await node.poll()).map(({ json }) => json.event);
	expect(await told()).toEqual([]);
	sandbox.revokeAll();
	expect(await told()).toEqual([]);
	advance(25 * HOUR);
	expect(await told()).toEqual(['token.revoked']);
	expect(await told()).toEqual([]);
});
