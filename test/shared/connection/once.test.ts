import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import type { TokenData, TokenPolicy } from '@/nodes/shared/contract/authMethod';
import type { Platform } from '@/nodes/shared/contract/platform';
import { refuse } from '@/nodes/shared/errors/failure';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const HOUR = 3_600_000;

const token = (access_token: string, left = HOUR): TokenData => ({
	access_token,
	refresh_token: `refresh-${access_token}`,
	n8n_expires_at: String(Date.now() + left),
});

/** A token that is renewed after it has ended. */
function rotating(renew: () => Promise<TokenData>): TokenPolicy {
	return {
		kind: 'custom',
		obtain: async (_http, { oauthTokenData }) => oauthTokenData as TokenData,
		renew,
		renewAheadMs: 0,
		needsRenewal: ({ n8n_expires_at }, now) => Number(n8n_expires_at) < now,
	};
}

const node = (platform: Platform, oauthTokenData: IDataObject) =>
	testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [{ type: sampleCredential, data: { oauthTokenData } }],
		continueOnFail: true,
	});

const posts = (...ids: string[]) =>
	conversation(
		HOST,
		ids.map((id) => ['POST', '/posts', 200, { id }] as const),
	);

describe('a token that many executions find used up', () => {
	it('is renewed once', async () => {
		const renew = jest.fn(async () => {
			await new Promise((done) => setTimeout(done, 20));
			return token('second');
		});
		const used = node(samplePlatform({ token: rotating(renew) }), token('first', -1));
		const said: Array<string | undefined> = [];
		nock(HOST)
			.post('/posts')
			.times(3)
			.reply(function () {
				said.push(String(this.req.headers.authorization));
				return [200, { id: String(said.length) }];
			});
		const results = await Promise.all(
			[1, 2, 3].map(async () => await used.run(undefined, { fresh: true })),
		);
		expect(results.map(([[{ json }]]) => json.status)).toEqual(Array(3).fill('published'));
		expect(said).toEqual(Array(3).fill('Bearer second'));
		expect(renew).toHaveBeenCalledTimes(1);
		expect(used.stored.sampleApi.oauthTokenData).toMatchObject({ access_token: 'second' });
	});

	it('is taken over from the process that renewed it first', async () => {
		const renew = jest.fn(async () => {
			// Another process was faster and stored its new token; this process is refused.
			used.stored.sampleApi = { oauthTokenData: won };
			return refuse({ code: 'platform_auth_failed', platform: 'sample', message: 'used' });
		});
		const platform = samplePlatform({ token: rotating(renew) });
		const winner = node(
			samplePlatform({ token: rotating(async () => token('won')) }),
			token('a', -1),
		);
		posts('0');
		await winner.run();
		const won = winner.stored.sampleApi.oauthTokenData as IDataObject;
		const used = node(platform, token('first', -1));
		const talk = posts('1');
		expect((await used.run())[0][0].json).toMatchObject({ id: '1', warnings: [] });
		expect(talk.requests[0].headers.authorization).toBe('Bearer won');
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('fails as dead where nobody else has renewed it', async () => {
		const dead = async () =>
			await refuse({ code: 'platform_auth_failed', platform: 'sample', message: 'Sample: gone' });
		const used = node(samplePlatform({ token: rotating(dead) }), token('first', -1));
		expect((await used.run())[0][0].json.error).toMatchObject({
			code: 'platform_auth_failed',
			message: 'Sample: gone',
			remediation: 'Reconnect the credential "My sampleApi" and run again.',
		});
	});
});

describe('a further secret', () => {
	const platform = (make: () => Promise<string>) =>
		samplePlatform({
			token: rotating(async () => token('second')),
			publish: async (api) =>
				await api.publish({
					method: 'POST',
					path: '/posts',
					body: {},
					token: await api.derive('page 7', make),
				}),
		});

	it('is made once, kept beside the token and hidden in what is told', async () => {
		const make = jest.fn(async () => 'page-secret-7');
		const used = node(platform(make), token('first'));
		const talk = conversation(HOST, [
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 400, { error: 'not page-secret-7' }],
		]);
		await used.run();
		const [[{ json }]] = await used.run(undefined, { fresh: true });
		expect(make).toHaveBeenCalledTimes(1);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual(
			Array(2).fill('Bearer page-secret-7'),
		);
		expect((json.error as IDataObject).platformResponse).toEqual({ error: 'not [hidden]' });
		expect(used.stored.sampleApi.oauthTokenData).toMatchObject({
			access_token: 'first',
			crosspost: { secrets: { 'page 7': 'page-secret-7' } },
		});
	});

	it('is made anew for another token', async () => {
		let made = 0;
		const used = node(
			platform(async () => `secret-${++made}`),
			token('first'),
		);
		const talk = posts('1', '2');
		await used.run();
		used.stored.sampleApi = {
			oauthTokenData: {
				...(used.stored.sampleApi.oauthTokenData as IDataObject),
				...token('next'),
			},
		};
		await used.run(undefined, { fresh: true });
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer secret-1',
			'Bearer secret-2',
		]);
	});

	it('is made anew when it is refused, once for all that meet the refusal together', async () => {
		let made = 0;
		const both = samplePlatform({
			token: rotating(async () => token('second')),
			publish: async (api) => {
				const secret = await api.derive('page 7', async () => `secret-${++made}`);
				const step = async () => await api.send({ path: '/step', token: secret });
				await Promise.all([step(), step()]);
				return await api.publish({ method: 'POST', path: '/posts', body: {}, token: secret });
			},
		});
		const said: string[] = [];
		const server = nock(HOST).persist();
		const answered = (method: 'get' | 'post', path: string) =>
			server[method](path).reply(function () {
				const { authorization } = this.req.headers;
				said.push(`${path} ${String(authorization)}`);
				return String(authorization).endsWith('secret-1') ? [401, {}] : [200, { id: '1' }];
			});
		answered('get', '/step');
		answered('post', '/posts');
		const [[{ json }]] = await node(both, token('first')).run();
		expect(json).toMatchObject({ id: '1', status: 'published' });
		expect(made).toBe(2);
		expect(said.sort()).toEqual([
			'/posts Bearer secret-2',
			...Array<string>(2).fill('/step Bearer secret-1'),
			...Array<string>(2).fill('/step Bearer secret-2'),
		]);
	});
});
