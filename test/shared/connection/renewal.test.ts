import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import type { Api } from '@/nodes/shared/contract/api';
import type { TokenPolicy } from '@/nodes/shared/contract/authMethod';
import type { Account } from '@/nodes/shared/contract/post';
import { refuse } from '@/nodes/shared/errors/failure';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const HOUR = 3_600_000;

const me = async (api: Api) => await api.send<Account & IDataObject>({ path: '/me' });

/** Tokens live two hours and are renewed in the second; renewing is refused. */
const policy: TokenPolicy = {
	kind: 'custom',
	obtain: async (_http, { password }) =>
		password ? { access_token: 'first', n8n_expires_at: String(Date.now() + 2 * HOUR) } : undefined,
	renew: async () =>
		refuse({ code: 'platform_unavailable', platform: 'sample', message: 'Sample: down' }),
	renewAheadMs: HOUR,
	needsRenewal: ({ n8n_expires_at }, now) => Number(n8n_expires_at) - now < HOUR,
};

const setup = (password: string) =>
	testNode({
		type: nodeOf(samplePlatform({ token: policy })),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [{ type: sampleCredential, data: { password } }],
		continueOnFail: true,
	});

const published = (id: string) => conversation(HOST, [['POST', '/posts', 200, { id }]]);

describe('the upkeep of a token of the vendor’s own kind', () => {
	afterEach(() => jest.useRealTimers());

	it('lets a token serve that lives although it could not be renewed, and warns', async () => {
		jest.useFakeTimers({
			now: Date.UTC(2030, 0, 1),
			doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
		});
		const node = setup('secret');
		published('1');
		expect((await node.run())[0][0].json).toMatchObject({ id: '1', warnings: [] });

		jest.setSystemTime(Date.now() + 1.5 * HOUR);
		const talk = published('2');
		expect((await node.run(undefined, { fresh: true }))[0][0].json).toMatchObject({
			id: '2',
			warnings: [
				'The access token ends at 2030-01-01T02:00:00.000Z and could not be renewed yet: Sample: down',
			],
		});
		expect(talk.requests[0].headers.authorization).toBe('Bearer first');

		jest.setSystemTime(Date.now() + HOUR);
		const [[{ json }]] = await node.run(undefined, { fresh: true });
		expect(json.error).toMatchObject({ code: 'platform_unavailable', message: 'Sample: down' });
	});

	it('lets a token serve whose end nobody knows', async () => {
		const open = async () => ({ access_token: 'pasted' });
		const node = testNode({
			type: nodeOf(
				samplePlatform({
					token: {
						...policy,
						kind: 'custom',
						obtain: open,
						needsRenewal: () => true,
					} as TokenPolicy,
				}),
			),
			parameters: { resource: 'post', operation: 'publish', text: 'hello' },
			credentials: [{ type: sampleCredential, data: {} }],
		});
		published('1');
		expect((await node.run())[0][0].json).toMatchObject({
			id: '1',
			warnings: ['The access token could not be renewed yet: Sample: down'],
		});
	});

	it('says when nobody has connected an account yet', async () => {
		const [[{ json }]] = await setup('').run();
		expect(json.error).toMatchObject({
			code: 'platform_auth_failed',
			message: 'The credential "My sampleApi" is not connected to Sample yet.',
		});
	});
});

it('does not put back a token that was renewed elsewhere while the account was asked for', async () => {
	const renewed = { access_token: 'second', refresh_token: 'b' };
	const node = testNode({
		type: nodeOf(samplePlatform({ token: { kind: 'refreshed', renewAheadMs: 0 }, whoami: me })),
		parameters: { resource: 'account', operation: 'get' },
		credentials: [
			{
				type: sampleCredential,
				data: { oauthTokenData: { access_token: 'first', refresh_token: 'a' } },
			},
		],
	});
	nock(HOST)
		.get('/me')
		.reply(() => {
			node.stored.sampleApi = { oauthTokenData: renewed };
			return [200, { id: '1', name: 'alice' }];
		});
	const [[{ json }]] = await node.run();
	expect(json.account).toEqual({ id: '1', name: 'alice' });
	expect(node.stored.sampleApi.oauthTokenData).toEqual(renewed);
});

it('asks anew whose the account is when the credential names another', async () => {
	const token: TokenPolicy = {
		...policy,
		kind: 'custom',
		fingerprint: ({ password }) => String(password),
		obtain: async (_http, { password }) => ({
			access_token: `token of ${String(password)}`,
			n8n_expires_at: String(Date.now() + 2 * HOUR),
		}),
	};
	const node = testNode({
		type: nodeOf(samplePlatform({ token, whoami: me })),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [{ type: sampleCredential, data: {} }],
	});
	for (const name of ['alice', 'bobby']) {
		// n8n does not change the token when a user edits the credential.
		node.stored.sampleApi = { ...node.stored.sampleApi, password: `${name}'s` };
		const talk = conversation(HOST, [
			['GET', '/me', 200, { id: name, name }],
			['POST', '/posts', 200, { id: '1' }],
		]);
		const [[{ json }]] = await node.run(undefined, { fresh: true });
		expect(json.account).toEqual({ id: name, name });
		talk.done();
	}
});

it('uses a token for the whole run where n8n cannot store it', async () => {
	const open = jest.fn(async () => ({
		access_token: 'made',
		n8n_expires_at: String(Date.now() + 2 * HOUR),
	}));
	const node = testNode({
		type: nodeOf(
			samplePlatform({ token: { ...policy, kind: 'custom', obtain: open }, whoami: me }),
		),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [{ type: sampleCredential, data: {} }],
		withoutStore: true,
	});
	const talk = conversation(HOST, [
		['GET', '/me', 200, { id: '1', name: 'alice' }],
		['POST', '/posts', 200, { id: '1' }],
		['POST', '/posts', 200, { id: '2' }],
	]);
	const [items] = await node.run([{ json: {} }, { json: {} }]);
	expect(items.map(({ json }) => json.id)).toEqual(['1', '2']);
	expect(items[0].json.warnings).toEqual([
		'The renewed token could not be stored in the credential; it serves this run only.',
	]);
	expect(items[1].json.warnings).toEqual([]);
	expect(open).toHaveBeenCalledTimes(1);
	talk.done();
});

describe('a token that the standard grant renews', () => {
	const ending = (soon: number) =>
		testNode({
			type: nodeOf(samplePlatform({ token: { kind: 'refreshed', renewAheadMs: HOUR } })),
			parameters: { resource: 'post', operation: 'publish', text: 'hello' },
			credentials: [
				{
					type: {
						...sampleCredential,
						properties: [
							...sampleCredential.properties,
							{
								displayName: 'URL',
								name: 'accessTokenUrl',
								type: 'hidden',
								default: `${HOST}/token`,
							},
						],
					},
					data: {
						clientId: 'id',
						clientSecret: 'secret',
						oauthTokenData: {
							access_token: 'first',
							refresh_token: 'again',
							n8n_expires_at: String(Date.now() + soon),
						},
					},
				},
			],
			continueOnFail: true,
		});

	const refuses = (soon: number, status = 503, body: string | IDataObject = '') => {
		const node = ending(soon);
		nock(HOST).post('/token').reply(status, body);
		return node;
	};

	it.each<[number, string | IDataObject, string]>([
		[400, { error: 'invalid_grant' }, 'platform_auth_failed'],
		[400, { error: 'invalid_request' }, 'platform_auth_failed'],
		[401, { error: 'invalid_client' }, 'platform_auth_failed'],
		[401, { code: 2, message: 'Authentication failed.' }, 'platform_auth_failed'],
		[400, { error: 'temporarily_unavailable' }, 'platform_unavailable'],
		[429, { error: 'too_many_requests' }, 'platform_unavailable'],
		[429, 'slower', 'platform_unavailable'],
		[403, '<html>Blocked</html>', 'platform_unavailable'],
		[404, '<html>Nothing here</html>', 'platform_unavailable'],
		[503, { error: 'invalid_grant' }, 'platform_unavailable'],
	])('is dead or out of reach by the answer: %s %j', async (status, body, code) => {
		expect((await refuses(-1, status, body).run())[0][0].json.error).toMatchObject({ code });
	});

	it('serves as long as it lives although it could not be renewed', async () => {
		const node = refuses(HOUR / 2);
		nock(HOST).post('/posts').reply(200, { id: '1' });
		const [[{ json }]] = await node.run();
		expect(json).toMatchObject({
			id: '1',
			warnings: [expect.stringContaining('could not be renewed yet: Sample gave no answer')],
		});
	});

	it('fails as out of reach, not as dead, once it is over', async () => {
		const [[{ json }]] = await refuses(-1).run();
		expect(json.error).toMatchObject({ code: 'platform_unavailable', retryable: true });
	});

	it('is not renewed again when another process stores a new one at this moment', async () => {
		const node = ending(-1);
		const { sampleApi } = node.stored;
		const won = {
			access_token: 'won',
			refresh_token: 'b',
			n8n_expires_at: String(Date.now() + 2 * HOUR),
		};
		const reads = [sampleApi, sampleApi];
		Object.defineProperty(node.stored, 'sampleApi', {
			get: () => reads.shift() ?? { ...sampleApi, oauthTokenData: won },
			set: () => {},
		});
		const renewal = nock(HOST).post('/token').reply(200, { access_token: 'third' });
		const talk = conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
		const [[{ json }]] = await node.run();
		expect(renewal.isDone()).toBe(false);
		expect(json).toMatchObject({ id: '1', warnings: [] });
		expect(talk.requests[0].headers.authorization).toBe('Bearer won');
	});
});
