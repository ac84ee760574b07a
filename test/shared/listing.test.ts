import type { ListOperation } from '@/nodes/shared/contract/operation';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const listing = (page: ListOperation['page']) =>
	testNode({
		type: nodeOf(
			samplePlatform({
				operations: [
					{
						resource: 'post',
						operation: 'getAll',
						name: 'Get Many',
						action: 'Get many posts',
						description: 'Get many posts',
						pageSize: 2,
						page,
					},
				],
			}),
		),
		parameters: { resource: 'post', operation: 'getAll', returnAll: true },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'token' } } }],
	});

describe('Return All', () => {
	it('follows the pages to the last', async () => {
		const cursors: Array<string | undefined> = [];
		const node = listing(async (_api, _input, _limit, cursor) => {
			cursors.push(cursor);
			const next = { 1: 'b', 2: 'c' }[cursors.length];
			return { items: [{ id: cursors.length }], ...(next && { cursor: next }) };
		});
		const [items] = await node.run();
		expect(items.map(({ json }) => json.id)).toEqual([1, 2, 3]);
		expect(cursors).toEqual([undefined, 'b', 'c']);
	});

	it('ends at an empty cursor', async () => {
		const [items] = await listing(async () => ({ items: [{ id: 1 }], cursor: '' })).run();
		expect(items).toHaveLength(1);
	});

	it.each([
		['the same cursor again', ['b'], 'leads back to a page that came before', 2],
		['an earlier cursor', ['b', 'c'], 'leads back to a page that came before', 3],
		['ever new cursors', undefined, 'has not come to its end after 2000 pages', 2000],
	])('fails at %s, and says how many items came', async (_what, cursors, why, pages) => {
		let asked = 0;
		const node = listing(async () => {
			const cursor = cursors?.[asked % cursors.length] ?? String(asked);
			return { items: [{ id: ++asked }], cursor };
		});
		await expect(node.run()).rejects.toMatchObject({
			message: `The list that Sample gives ${why}.`,
			description: expect.stringContaining(`${pages} items came before that`),
		});
		expect(asked).toBe(pages);
	});

	it('is not needed for what a limit asks for', async () => {
		let asked = 0;
		const node = listing(async () => ({ items: [{ id: ++asked }], cursor: 'b' }));
		const limited = { parameters: { returnAll: false, limit: 2 } };
		const [items] = await node.run(undefined, limited);
		expect(items.map(({ json }) => json.id)).toEqual([1, 2]);
	});
});
