import type { IDataObject } from 'n8n-workflow';

import { advance } from '@/test/support/time';
import { items, sampleNode, server, useServer, type Plan } from './platform';

/** Results and failures report only what is certain. */

useServer();

const SENT = 'POST /posts';
const keyed = { options: { idempotencyKey: '={{ $json.key }}' } };

describe('a thread whose second part fails', () => {
	it.each<[string, Plan]>([
		['was lost', 'cut-before'],
		['was refused', { status: 400, body: { message: 'No' } }],
		['was refused by the account', { status: 403, body: { message: 'No' } }],
		['met a limit', { status: 429, body: {}, headers: { 'retry-after': '90000' } }],
		['met a server in trouble', { status: 503, body: {} }],
	])('says nothing of the whole where it %s', async (_what, plan) => {
		const node = sampleNode({ thread: { post: [{ text: 'B' }] } });
		server.next(SENT, 'good', plan);
		const [[{ json }]] = await node.run(items('A'));
		const { message, remediation = '', published } = json.error as IDataObject;
		expect(published).toMatchObject([{ id: '1' }]);
		for (const said of [message, remediation]) {
			expect(said).not.toMatch(/nothing was (published|sent)/i);
		}
	});
});

describe('a post of an earlier run', () => {
	it('has no time where nothing tells which one it is', async () => {
		const node = sampleNode(keyed, { readBack: undefined });
		await node.run(items('A'));
		advance(86_400_000);
		const [[{ json }]] = await node.run(items('A'), { fresh: true });
		expect(json).toMatchObject({ status: 'already_published' });
		expect(json).not.toHaveProperty('id');
		expect(json).not.toHaveProperty('publishedAt');
		expect(server.count(SENT)).toBe(1);
	});
});
