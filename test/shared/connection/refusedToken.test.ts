import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import nock from 'nock';

import { platforms } from '@/nodes/platforms';
import { hashOf } from '@/nodes/shared/connection/storedToken';
import { endsInRefusal, refusalIn } from '@/nodes/shared/connection/tokenAnswer';
import packageJson from '@/package.json';
import { longToken, HOST as THREADS, threadsNode } from '@/test/Threads/setup';
import { HOST as TIKTOK, tikTokNode } from '@/test/TikTok/setup';
import { conversation } from '@/test/support/conversation';
import { outcome, testNode, type TestNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';
import { NOTHINGS, REFUSALS } from '@/test/support/refusedTokens';

const HOUR = 3_600_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const ALL = [...REFUSALS, ...NOTHINGS.map(([name, answer]) => [name, answer, ''] as const)];

const old = (n8n_expires_at = Date.now() + HOUR) => ({
	access_token: 'old-token',
	refresh_token: 'old-refresh',
	expires_in: 7200,
	n8n_expires_at: String(n8n_expires_at),
});
/** A token as the pack stores it after use. */
const known = () => ({ ...old(), crosspost: { of: hashOf('old-token'), own: true } });

const load = async <T>(place: string): Promise<T> => {
	const source = `@/${place.replace(/^dist\//, '').replace(/\.js$/, '')}`;
	const name = place.split('/').pop()?.split('.')[0] as string;
	const path = source.replace('@/', '../../../');
	const module = (await import(path)) as Record<string, new () => T>;
	return new module[name]();
};

const ways = platforms.flatMap(({ id, name, credentials }) =>
	credentials
		.filter(({ type }) => type.endsWith('OAuth2Api'))
		.map(({ type, choice }) => ({ id, name, type, choice })),
);

describe.each(ways)('the first contact by $type', ({ id, name, type, choice }) => {
	let node: (oauthTokenData: unknown) => TestNode;

	beforeAll(async () => {
		const { credentials, nodes } = packageJson.n8n;
		const file = (all: string[], wanted: string) =>
			all.find((one) => one.toLowerCase().includes(`/${wanted}.`.toLowerCase())) as string;
		const credential = await load<ICredentialType>(file(credentials, type));
		const nodeType = await load<INodeType>(file(nodes, id));
		const client = { clientId: 'client-1', clientSecret: 'client-secret', instanceUrl: HOST };
		node = (oauthTokenData) =>
			testNode({
				type: nodeType,
				parameters: { resource: 'account', operation: 'get', authentication: choice },
				credentials: [
					{ type: credential, data: { ...client, oauthTokenData: oauthTokenData as IDataObject } },
				],
				continueOnFail: true,
			});
	});

	const errorOf = async (oauthTokenData: unknown) => (await outcome(node(oauthTokenData)))[0].error;
	const refusal = (said: string) => ({
		code: 'platform_auth_failed',
		message: expect.stringMatching(
			said
				? `${name} refused when the credential "My ${type}" was last .* ${said}`
				: `credential "My ${type}" is not connected to ${name} yet`,
		) as string,
		remediation: expect.stringMatching(/[Cc]onnect the (credential|account)/) as string,
	});

	it.each(ALL)('notices %s', async (_kind, answer, said) => {
		expect(await errorOf(answer)).toMatchObject(refusal(said));
		// A refresh token from an earlier connection does not count as a connection either.
		const left = { refresh_token: 'old-refresh', ...answer };
		expect(await errorOf(left)).toMatchObject(refusal(said));
	});

	it.each(REFUSALS)('notices %s over a token that works', async (_kind, answer, said) => {
		const over = { ...answer, ...('access_token' in answer && { access_token: 'old-token' }) };
		for (const before of [known(), old()]) {
			const error = await errorOf({ ...before, ...over });
			expect(error).toMatchObject(refusal(said));
			expect(JSON.stringify(error)).not.toMatch(/old-token|old-refresh|client-secret/);
		}
	});
});

/** The tokens of this platform do not end. */
const sample = (oauthTokenData: IDataObject) =>
	testNode({
		type: nodeOf(samplePlatform()),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [{ type: sampleCredential, data: { password: 'pass-1', oauthTokenData } }],
		continueOnFail: true,
	});

describe('a refusal', () => {
	it.each(REFUSALS)('is over once the account is connected: %s', async (_kind, { ...answer }) => {
		delete answer.access_token;
		const talk = conversation(
			HOST,
			['1', '2', '3'].map((id) => ['POST', '/posts', 200, { id }] as const),
		);
		const fresh = { access_token: 'new-token', refresh_token: 'new-refresh' };
		// n8n merges each answer into the one before, so the error stays.
		for (const before of [answer, { ...known(), ...answer }]) {
			const node = sample({ ...before, ...fresh });
			expect(await outcome(node)).toMatchObject([{ status: 'published' }]);
			expect(refusalIn(node.stored.sampleApi.oauthTokenData)).toBeUndefined();
		}
		const node = sample({ ...old(), ...answer });
		expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_auth_failed' } }]);
		node.stored.sampleApi.oauthTokenData = {
			...(node.stored.sampleApi.oauthTokenData as IDataObject),
			...fresh,
		};
		expect(await outcome(node, undefined, { fresh: true })).toMatchObject([{ id: '3' }]);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual(
			Array.from({ length: 3 }, () => 'Bearer new-token'),
		);
		talk.done();
	});

	it('that passes spoils no token that works', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
		const node = sample({ ...known(), error: 'temporarily_unavailable' });
		expect(await outcome(node)).toMatchObject([{ id: '1' }]);
		talk.done();
	});

	it('is told without secrets', async () => {
		const error = { message: 'pass-1 and old-refresh are wrong', code: 'no', toString: 1 };
		const [{ error: told }] = await outcome(sample({ ...known(), error }));
		expect(JSON.stringify(told)).toContain('no: [hidden] and [hidden] are wrong');
	});

	it.each<[unknown, boolean]>([
		[{ error: { code: 'ok', message: '', log_id: 'L0' } }, false],
		[{ error: null, errors: [], data: { error_code: 0 } }, false],
		[{ data: [{ access_token: 'a' }], message: 'success' }, false],
		['error', false],
		[{ error: true }, true],
		[{ errors: ['no'] }, true],
		[{ error: {}, error_code: '7' }, true],
	])('is told from an answer that fails in nothing: %j', (answer, isRefusal) => {
		expect(refusalIn(answer) !== undefined).toBe(isRefusal);
		expect(endsInRefusal(answer)).toBe(isRefusal);
	});
});

describe('a renewal by the standard grant that is answered with', () => {
	const property = { displayName: 'URL', type: 'hidden' as const };
	const url = { ...property, name: 'accessTokenUrl', default: `${HOST}/token` };
	const credential = { ...sampleCredential, properties: [...sampleCredential.properties, url] };

	const ending = (left: number) =>
		testNode({
			type: nodeOf(samplePlatform({ token: { kind: 'refreshed', renewAheadMs: HOUR } })),
			parameters: { resource: 'post', operation: 'publish', text: 'hello' },
			credentials: [
				{
					type: credential,
					data: { clientId: 'id', clientSecret: 'secret', oauthTokenData: old(Date.now() + left) },
				},
			],
			continueOnFail: true,
		});
	const answers = (answer: IDataObject | null) =>
		nock(HOST)
			.post('/token', /refresh_token=old-refresh/)
			.reply(200, JSON.stringify(answer), JSON_TYPE);

	it.each(ALL)('%s fails, and leaves the token that works', async (_kind, answer) => {
		const node = ending(HOUR / 2);
		const before = node.stored.sampleApi.oauthTokenData as IDataObject;
		answers(answer);
		conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
		expect(await outcome(node)).toMatchObject([
			{ id: '1', warnings: [expect.stringContaining('not be renewed yet: Sample')] },
		]);
		const noted = { ...before, crosspost: expect.any(Object) as object };
		expect(node.stored.sampleApi.oauthTokenData).toEqual(noted);
	});

	it.each(ALL)(
		'%s is told once the token is over, and tried again',
		async (_kind, answer, said) => {
			const node = ending(-1);
			const before = node.stored.sampleApi.oauthTokenData as IDataObject;
			answers(answer);
			const [{ error }] = await outcome(node);
			expect(error).toMatchObject({
				code: said ? 'platform_auth_failed' : 'platform_unavailable',
				message: expect.stringContaining(said || 'without one') as string,
			});
			expect(node.stored.sampleApi.oauthTokenData).toEqual(before);

			answers({ access_token: 'new-token' });
			const talk = conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
			expect(await outcome(node, undefined, { fresh: true })).toMatchObject([{ warnings: [] }]);
			expect(talk.requests[0].headers.authorization).toBe('Bearer new-token');
			// The answer contains neither a lifetime nor a new refresh token.
			const stored = node.stored.sampleApi.oauthTokenData as IDataObject;
			expect(stored).toMatchObject({ access_token: 'new-token', refresh_token: 'old-refresh' });
			expect(Number(stored.n8n_expires_at) - Date.now()).toBeGreaterThan(HOUR);
		},
	);

	it('the same token for longer is done', async () => {
		const node = ending(-1);
		answers({ access_token: 'old-token', expires_in: 7200 });
		conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
		expect(await outcome(node)).toMatchObject([{ id: '1', warnings: [] }]);
	});

	it('words for what passes is no end of the connection', async () => {
		answers({ error: 'temporarily_unavailable' });
		expect(await outcome(ending(-1))).toMatchObject([{ error: { code: 'platform_unavailable' } }]);
	});
});

describe('a renewal in the vendor’s own dialect that is answered with', () => {
	const tikTok = (left: number) => {
		const token = { ...known(), n8n_expires_at: String(Date.now() + left) };
		return tikTokNode({ resource: 'account', operation: 'get' }, { token });
	};
	const threads = (left: number) =>
		threadsNode({ resource: 'account', operation: 'get' }, { token: longToken('old-token', left) });
	const dialects = [
		['TikTok', tikTok, TIKTOK, 'POST', '/v2/oauth/token/', 'crosspostTikTokOAuth2Api'],
		['Threads', threads, THREADS, 'GET', '/refresh_access_token', 'crosspostThreadsOAuth2Api'],
	] as const;

	it.each(dialects.flatMap((dialect) => ALL.map((kind) => [...dialect, ...kind] as const)))(
		'%s fails and is not stored',
		async (_name, node, host, method, path, type, _kind, answer) => {
			nock(host).persist().get('/v1.0/debug_token').reply(503);
			const old = node(-1);
			const before = old.stored[type].oauthTokenData;
			conversation(host, [[method, path, 200, JSON.stringify(answer), JSON_TYPE]]);
			const [{ error }] = await outcome(old);
			expect(error).toMatchObject({ code: expect.stringMatching(/^platform_(auth|unav)/) });
			expect(old.stored[type].oauthTokenData).toEqual(before);
		},
	);
});
