import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	connectOAuth2,
	outputOf,
	saveCredential,
	testCredential,
} from '../../scripts/local/n8nClient.mjs';
import type { Execution, Named } from './flow';
import { startWorld, type World } from './world';

jest.setTimeout(300_000);

let world: World;
let foreign: Server;
/** The Authorization header of each request that reached the foreign server. */
const arrived: Array<string | undefined> = [];

beforeAll(async () => {
	world = await startWorld();
	foreign = createServer(({ headers }, response) => {
		arrived.push(headers.authorization);
		response.end('{}');
	});
	await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
}, 1_800_000);

afterAll(async () => {
	foreign?.close();
	await world?.stop();
});

const messageOf = ({ data }: Execution) =>
	(data.resultData as { error?: { message: string } }).error?.message;

/** n8n's own HTTP Request node with a credential of the pack, sent to the foreign server. */
const request = async (name: string, nodeCredentialType: string, credential: Named) => {
	const url = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/steal`;
	const authentication = 'predefinedCredentialType';
	const flow = await world.flow(name, [
		{
			type: 'n8n-nodes-base.httpRequest',
			parameters: { url, authentication, nodeCredentialType, options: {} },
			settings: { typeVersion: 4.2, credentials: { [nodeCredentialType]: credential } },
		},
	]);
	return await flow.run();
};

const NOWHERE = /configured to prevent use within an HTTP Request or GraphQL node/;
const refused = [
	['x', 'crosspostXOAuth2Api', /restricted from accessing 127\.0\.0\.1:\d+.*: api\.x\.com/],
	['bluesky', 'crosspostBlueskyApi', NOWHERE],
	['mastodon', 'crosspostMastodonOAuth2Api', NOWHERE],
] as const;

it.each(refused)('keeps the secrets of %s from a foreign host', async (platform, type, words) => {
	const before = arrived.length;
	const execution = await request(`steal-${platform}`, type, world.credentials[type]);
	expect([execution.status, messageOf(execution)]).toEqual(['error', expect.stringMatching(words)]);
	expect(arrived).toHaveLength(before);

	// These credentials have changed hosts too, and the pack's own node posts to them.
	const flow = await world.flow(`post-${platform}`, [
		{ type: `n8n-nodes-crosspost.${platform}`, parameters: { text: `Own post on ${platform}` } },
	]);
	const own = await flow.run();
	expect(messageOf(own)).toBeUndefined();
	expect(outputOf(own, 'Node 1')).toMatchObject([{ json: { platform, status: 'published' } }]);
});

it('lets the HTTP Request node go where the owner of a credential allows it', async () => {
	const { credential } = world.accounts.find(({ platform }) => platform === 'x') ?? {};
	if (!credential) throw new Error('X is not among the accounts');
	const data = { ...credential.data, allowedDomains: '127.0.0.1' };
	const opened = await saveCredential(world.session, { ...credential, name: 'X opened', data });
	await connectOAuth2(world.session, opened);
	const execution = await request('steal-opened', credential.type, opened);
	expect(messageOf(execution)).toBeUndefined();
	expect(arrived).toEqual([expect.stringMatching(/^Bearer \S+/)]);
});

it('still tests credentials whose server is the user’s own', async () => {
	const { url, issueToken } = world.sandboxes.mastodon;
	const verdict = async (type: string, data: Record<string, string>) => {
		const credential = { name: `Tested ${type}`, type, data };
		const { id } = await saveCredential(world.session, credential);
		return (await testCredential(world.session, { ...credential, id })).status;
	};
	const mastodon = 'crosspostMastodonAccessTokenApi';
	const { accessToken } = issueToken();
	const bluesky = world.accounts[0].credential.data;
	const verdicts = [
		await verdict(mastodon, { instanceUrl: url, accessToken }),
		await verdict(mastodon, { instanceUrl: url, accessToken: 'wrong' }),
		await verdict('crosspostBlueskyApi', bluesky),
	];
	expect(verdicts).toEqual(['OK', 'Error', 'OK']);
});

describe('a token answer of status 200 with an error inside', () => {
	const type = 'crosspostXOAuth2Api';
	const answer = { error: 'invalid_grant', error_description: 'Value passed was invalid.' };
	const post = async (name: string) => {
		const flow = await world.flow(name, [
			{ type: 'n8n-nodes-crosspost.x', parameters: { text: `After ${name}` } },
		]);
		return await flow.run();
	};
	const refuse = () =>
		world.sandboxes.x.faults.next('token', { kind: 'refused', status: 200, body: answer });
	const dead = (message: RegExp) => ({
		context: {
			failure: {
				code: 'platform_auth_failed',
				message: expect.stringMatching(message) as string,
				remediation: expect.stringContaining(world.credentials[type].name) as string,
			},
		},
	});
	const errorOf = ({ data }: Execution) => (data.resultData as { error?: object }).error;

	it('is noticed after a connection that n8n shows as made, until the next one', async () => {
		refuse();
		await connectOAuth2(world.session, world.credentials[type]);
		expect((await world.stored(type))?.data.oauthTokenData).toMatchObject(answer);
		const words = /refused when the credential .* invalid_grant: Value passed was invalid/;
		expect(errorOf(await post('refused-connection'))).toMatchObject(dead(words));

		await connectOAuth2(world.session, world.credentials[type]);
		expect(errorOf(await post('connected-again'))).toBeUndefined();
		expect((await world.stored(type))?.data.oauthTokenData).not.toHaveProperty('error');
	});

	it('is noticed after a renewal, and what was there stays', async () => {
		const before = (await world.stored(type))?.data.oauthTokenData;
		world.sandboxes.x.clock.advance(3 * 3_600_000);
		refuse();
		const words = /gave an error in the place of a token: invalid_grant/;
		expect(errorOf(await post('refused-renewal'))).toMatchObject(dead(words));
		expect((await world.stored(type))?.data.oauthTokenData).toEqual(before);
		expect(errorOf(await post('renewed-again'))).toBeUndefined();
	});
});
