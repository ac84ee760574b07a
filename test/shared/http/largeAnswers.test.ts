import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { bounds } from '@/nodes/shared/bounds';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

/** Posts of 1,800 Cyrillic letters, from a server that escapes all characters except ASCII. */
const post = `{"text":"${'\\u0416'.repeat(1800)}"}`;
const answerOf = (count: number) => `{"id":"7","data":[${Array(count).fill(post).join()}]}`;

let asked = 0;
let posts = 0;
const server: Server = createServer((request, response) => {
	asked++;
	request.resume();
	response.setHeader('content-type', 'application/json').end(answerOf(posts));
});
beforeAll(async () => await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
beforeEach(() => (asked = 0));
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const platform = samplePlatform({
	operations: [
		{
			...{ resource: 'post', operation: 'getAll', name: 'Get Many', action: 'Get many posts' },
			...{ description: 'Get many posts', pageSize: 100 },
			page: async (api) => {
				const { data } = await api.send<{ data: IDataObject[] }>({ path: '/posts' });
				return { items: data.map(({ text }) => ({ length: String(text).length })) };
			},
		},
	],
});
const run = async (parameters: IDataObject) => {
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const [items] = await testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', ...parameters } as never,
		credentials: [
			{ type: sampleCredential, data: { base, oauthTokenData: { access_token: 'a' } } },
		],
		continueOnFail: true,
	}).run();
	return items.map(({ json }) => json);
};
const list = async () => await run({ operation: 'getAll', returnAll: false, limit: 100 });

describe('a large answer', () => {
	it('is read where it is a page of a list', async () => {
		posts = 100;
		expect(answerOf(posts).length).toBeGreaterThan(bounds.answer.most);
		const found = await list();
		expect(found).toHaveLength(100);
		expect(found[99]).toEqual({ length: 1800 });
	});

	it('is too large at some size, which is told with what helps and not asked for again', async () => {
		posts = 1600;
		expect(answerOf(posts).length).toBeGreaterThan(bounds.listing.most);
		expect(await list()).toMatchObject([
			{
				error: {
					code: 'platform_unavailable',
					message: 'Sample: the answer is larger than 16 MiB',
					remediation: expect.stringContaining('a smaller Limit'),
					retryable: false,
				},
			},
		]);
		expect(asked).toBe(1);
	});

	it('leaves open whether the post is out where it is that to the publishing request', async () => {
		posts = 100;
		expect(await run({ operation: 'publish', text: 'a' })).toMatchObject([
			{
				error: {
					code: 'outcome_unknown',
					message: expect.stringContaining('the answer is larger than 1 MiB'),
				},
			},
		]);
		expect(asked).toBe(1);
	});
});
