import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { items, outcomes, platformOf, sampleNode, server, useServer } from './platform';
import type { Platform } from '@/nodes/shared/contract/platform';
import { run } from '@/nodes/shared/run';
import { nodeOf } from '@/test/support/platform';

useServer();

const SENT = 'POST /posts';
const keyed = { options: { idempotencyKey: '={{ $json.key }}' } };

let end: AbortController;
beforeEach(() => void (end = new AbortController()));

const stop = () => end.abort();
const stopped = () => ({ signal: end.signal });
const soon = async () => await new Promise((done) => setTimeout(done, 50));

/** All further waits last forever, and the run is stopped during the first one. */
function stopInSleep() {
	const global = globalThis as unknown as { passTime(ms: number): Promise<void> };
	jest.spyOn(global, 'passTime').mockImplementation(async () => {
		setTimeout(stop, 5);
		await new Promise(() => {});
	});
}
afterEach(() => jest.restoreAllMocks());

/** Takes a test's steps before the publishing request. */
const after = (step: (...all: Parameters<Platform['publish']>) => Promise<unknown>) => {
	const publish: Platform['publish'] = async (api, post) => {
		await step(api, post);
		const body = { text: post.text };
		return await api.publish<{ id: string }>({ method: 'POST', path: '/posts', body });
	};
	return { publish };
};

describe('after the end of a run nothing further is sent', () => {
	it('where it ended before the node came to work', async () => {
		stop();
		expect(await outcomes(sampleNode(), items('A', 'B'), stopped())).toEqual([
			'stopped',
			'stopped',
		]);
		expect(server.asked).toEqual([]);
	});

	it('between items', async () => {
		server.next(SENT, stop);
		const all = await outcomes(sampleNode(), items('A', 'B', 'C'), stopped());
		expect(all).toEqual(['published 1', 'stopped', 'stopped']);
		expect(server.asked).toEqual([SENT]);
	});

	it('between the parts of a thread, which Resume finishes', async () => {
		server.next(SENT, stop);
		const node = sampleNode({ thread: { post: [{ text: 'B' }, { text: 'C' }] } });
		const [[{ json }]] = await node.run(items('A'), stopped());
		expect(json.error).toMatchObject({ code: 'stopped', published: [{ id: '1' }] });
		expect(server.asked).toEqual([SENT]);
		const { resume } = json.error as { resume: IDataObject };
		const parameters = { operation: 'resume', resume };
		const [[done]] = await node.run(items('A'), { fresh: true, parameters });
		expect(done.json).toMatchObject({ status: 'published' });
		expect(server.posts.map((post) => post.text)).toEqual(['A', 'B', 'C']);
	});

	it('while a rate limit is waited for', async () => {
		stopInSleep();
		server.next(SENT, {
			status: 429,
			body: { message: 'Slowly' },
			headers: { 'retry-after': '30' },
		});
		const node = sampleNode();
		expect(await outcomes(node, items('A'), stopped())).toEqual(['stopped']);
		expect(server.asked).toEqual([SENT]);
		expect(node.processed.size()).toBe(0);
	});

	it('while the platform works on a file', async () => {
		stopInSleep();
		const working = after(async (api) => {
			const look = async () => (await api.send({ path: '/status' }), undefined);
			await api.until(look, { every: 1000, atMost: 300_000 });
		});
		expect(await outcomes(sampleNode({}, working), items('A'), stopped())).toEqual(['stopped']);
		expect(server.asked).toEqual(['GET /status']);
	});

	it('amid a file that is sent in pieces', async () => {
		const inPieces = after(async (api) => {
			for (let at = 0; at < 9; at++)
				await api.send({ method: 'PUT', path: '/piece', body: { at } });
		});
		server.next('PUT /piece', 'good', 'good', async () => (stop(), await soon()));
		expect(await outcomes(sampleNode({}, inPieces), items('A'), stopped())).toEqual(['stopped']);
		expect(server.asked).toEqual(Array(3).fill('PUT /piece'));
	});

	it('where the publishing request is refused for its token, which is not renewed', async () => {
		const asked: string[] = [];
		const got = async (how: string) => {
			asked.push(how);
			return await Promise.resolve({ access_token: how });
		};
		const change = {
			token: {
				...{
					kind: 'custom' as const,
					needsRenewal: () => false,
					obtain: async () => await got('open'),
				},
				renew: async () => await got('renew'),
			},
		};
		const node = sampleNode({}, change as Parameters<typeof sampleNode>[1]);
		server.next(SENT, { status: 401, body: { message: 'expired' }, first: stop });
		expect(await outcomes(node, items('A', 'B'), stopped())).toEqual(['stopped', 'stopped']);
		expect([asked, server.asked]).toEqual([['open'], [SENT]]);
		expect(node.processed.size()).toBe(0);
	});

	it('amid a question, which is not waited for', async () => {
		const asking = after(async (api) => await api.send({ path: '/question' }));
		server.next('GET /question', async () => (stop(), await new Promise(() => {})));
		expect(await outcomes(sampleNode({}, asking), items('A'), stopped())).toEqual(['stopped']);
		expect(server.asked).toEqual(['GET /question']);
	});

	it('on an n8n that cannot say so, all of it is sent', async () => {
		const platform = platformOf();
		const type: INodeType = {
			description: nodeOf(platform).description,
			async execute() {
				const old = { value: undefined };
				return await run(
					Object.create(this, { getExecutionCancelSignal: old }) as IExecuteFunctions,
					platform,
				);
			},
		};
		stop();
		expect(await outcomes(sampleNode({}, {}, type), items('A'), stopped())).toEqual([
			'published 1',
		]);
	});
});

describe('a publishing request that is on its way at the end', () => {
	it.each([
		['a retry', {}, { crashed: true }],
		['another execution with the same key', keyed, { fresh: true }],
	])('is let finish, and %s knows of it', async (_what, parameters, change) => {
		server.next(SENT, async () => (stop(), await soon()));
		const node = sampleNode(parameters);
		expect(await outcomes(node, items('A'), stopped())).toEqual(['published 1']);
		expect(await outcomes(node, items('A'), change)).toEqual(['already_published 1']);
		expect(server.count(SENT)).toBe(1);
	});

	it('is found by a retry where its answer was lost', async () => {
		server.next(SENT, 'cut-after');
		server.next('GET /posts', async () => (stop(), await soon()));
		const node = sampleNode();
		expect(await outcomes(node, items('A'), stopped())).toEqual(['outcome_unknown']);
		expect(await outcomes(node, items('A'), { crashed: true })).toEqual(['already_published 1']);
		expect(server.count(SENT)).toBe(1);
	});

	it('is given up 20 seconds later', async () => {
		const late: number[] = [];
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			if (ms === 20_000) late.push(ms);
			return timeout(ms === 20_000 ? 20 : ms);
		});
		server.next(SENT, async () => (stop(), await new Promise(() => {})));
		const node = sampleNode();
		expect(await outcomes(node, items('A', 'B'), stopped())).toEqual([
			...['outcome_unknown', 'stopped'],
		]);
		expect(late).toEqual([20_000]);
		expect(server.asked).toEqual([SENT]);
	});
});

describe('the deadline of a parent workflow', () => {
	it('is an end, too', async () => {
		const deadline = Date.now() + 2000;
		server.next(SENT, async () => {
			while (Date.now() < deadline) await soon();
		});
		const node = sampleNode();
		const all = await outcomes(node, items('A', 'B'), { deadline });
		expect(all).toEqual(['published 1', 'stopped']);
		expect(server.asked).toEqual([SENT]);
		expect(await outcomes(node, items('A'), { crashed: true })).toEqual(['already_published 1']);
	});

	it('that is over lets nothing go out', async () => {
		const all = await outcomes(sampleNode(), items('A'), { deadline: Date.now() - 1 });
		expect(all).toEqual(['stopped']);
		expect(server.asked).toEqual([]);
	});

	it('ends a wait that is longer', async () => {
		server.next(SENT, {
			status: 429,
			body: { message: 'Slowly' },
			headers: { 'retry-after': '30' },
		});
		const all = await outcomes(sampleNode(), items('A'), { deadline: Date.now() + 10_000 });
		expect(all).toEqual(['stopped']);
		expect(server.asked).toEqual([SENT]);
	});

	it('far away changes nothing', async () => {
		const deadline = Date.now() + 365 * 86_400_000;
		expect(await outcomes(sampleNode(), items('A'), { deadline })).toEqual(['published 1']);
	});
});
