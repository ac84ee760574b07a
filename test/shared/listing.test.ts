import type { ListOperation } from '@/nodes/shared/platform';
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

	it.each([
		['the same cursor again', 'b', 2],
		['an empty cursor', '', 1],
	])('ends at %s', async (_what, cursor, pages) => {
		let asked = 0;
		const node = listing(async () => {
			if (++asked > 5) throw new Error('without end');
			return { items: [{ id: asked }], cursor };
		});
		const [items] = await node.run();
		expect(items).toHaveLength(pages);
	});
});
