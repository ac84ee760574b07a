import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { memoryOf, type Memory } from '@/nodes/shared/publish/memory';
import { nodeOf } from '@/test/support/platform';
import type { TestNode } from '@/test/support/n8n';
import { items, outcomes, platformOf, sampleNode, server, useServer } from './platform';

useServer();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const keyed = { options: { idempotencyKey: '={{ $json.key }}' } };

/** A node that gives its context to a test. */
function opened(): { node: TestNode; context: () => Promise<IExecuteFunctions> } {
	const contexts: IExecuteFunctions[] = [];
	const type: INodeType = {
		description: nodeOf(platformOf()).description,
		async execute() {
			contexts.push(this);
			return await Promise.resolve([[]]);
		},
	};
	const node = sampleNode({}, {}, type);
	return { node, context: async () => (await node.run(), contexts[contexts.length - 1]) };
}

async function memory(posts = 10) {
	const { node, context } = opened();
	return { node, memory: memoryOf(await context(), posts) };
}

async function published(kept: Memory, ...keys: string[]) {
	for (const key of keys) {
		await kept.begin(key);
		await kept.finish(key);
	}
}

describe('the marks of a post', () => {
	it('say how far an earlier run has come with it', async () => {
		const { memory: kept, node } = await memory();
		expect(await kept.look('a')).toBe('new');
		expect(await kept.begin('a')).toBe('new');
		expect(await kept.look('a')).toBe('begun');
		expect(await kept.begin('a')).toBe('begun');
		await kept.finish('a');
		expect(await kept.look('a')).toBe('done');
		expect(await kept.begin('a')).toBe('done');
		expect(await kept.look('a')).toBe('done');
		await kept.forget('a');
		expect(await kept.look('a')).toBe('new');
		expect(node.processed.size()).toBe(0);
	});

	it.each([0, 5 * MINUTE, 30 * HOUR, 30 * 24 * HOUR, -10 * MINUTE, -23 * HOUR])(
		'tell the minute in which the post was begun, %i ms ago by the clock of now',
		async (ago) => {
			const { memory: kept, node } = await memory();
			const then = Date.now() - ago;
			await kept.begin('a', then);
			const before = node.processed.size();
			expect(await kept.timeOf('a')).toBe(Math.floor(then / MINUTE) * MINUTE);
			expect(await kept.timeOf('b')).toBeUndefined();
			expect(node.processed.size()).toBe(before);
			await kept.forget('a', then);
			expect(node.processed.size()).toBe(0);
		},
	);

	it('tell no minute that is too long ago', async () => {
		const { memory: kept } = await memory();
		await kept.begin('a', Date.now() - 40 * 24 * HOUR);
		expect(await kept.timeOf('a')).toBeUndefined();
	});

	it('are not changed by questions', async () => {
		const { memory: kept, node } = await memory();
		await published(kept, 'done');
		await kept.begin('begun');
		const before = node.processed.size();
		for (const key of ['done', 'begun', 'new', 'done', 'begun', 'new']) {
			expect(await kept.look(key)).toBe(key);
			expect(node.processed.size()).toBe(before);
		}
	});

	it('say at the most that a post was begun where a question was cut off', async () => {
		const context = await opened().context();
		const kept = memoryOf(context, 10);
		await published(kept, 'done');
		const { removeProcessed, ...helpers } = context.helpers;
		const broken = {
			helpers: { ...helpers, removeProcessed: async () => await dead(removeProcessed) },
		};
		const cut = memoryOf(broken as unknown as IExecuteFunctions, 10);
		for (const key of ['new', 'done']) await cut.look(key);
		expect(await kept.look('new')).toBe('begun');
		expect(await kept.look('done')).toBe('begun');
	});

	it('are forgotten the oldest first, and not before there are as many as were asked for', async () => {
		const { memory: kept } = await memory(2);
		const keys = Array.from({ length: 20 }, (_, at) => `post ${at}`);
		await published(kept, ...keys);
		const known = await Promise.all(keys.map(async (key) => await kept.look(key)));
		const first = known.indexOf('done');
		expect(first).toBeLessThanOrEqual(18);
		expect(known).toEqual(keys.map((_, at) => (at < first ? 'new' : 'done')));
	});

	it('are not pushed out by questions, even where many are asked together', async () => {
		const { memory: kept } = await memory(2);
		await published(kept, 'a', 'b', 'c', 'd', 'e', 'f');
		const strange = Array.from({ length: 20 }, (_, at) => `other ${at}`);
		await Promise.all([
			...strange.map(async (key) => await kept.look(key)),
			...strange.map(async (key) => await kept.timeOf(key)),
			kept.begin('g'),
		]);
		expect([await kept.look('f'), await kept.look('g')]).toEqual(['done', 'begun']);
	});
});

const dead = async (..._all: unknown[]) => await Promise.reject(new Error('killed'));

it('is asked one question at a time by all runs of a process', async () => {
	const node = sampleNode(keyed);
	const runs = Array.from(
		{ length: 20 },
		async (_, at) => await outcomes(node, items(`post ${at}`), { fresh: true }),
	);
	expect((await Promise.all(runs)).flat()).toHaveLength(20);
	expect(server.posts).toHaveLength(20);
	expect(node.processed.calls.atOnce).toBe(1);
	expect(node.processed.calls.count).toBeGreaterThan(40);
});

describe('a store that does not work', () => {
	it('fails no post', async () => {
		const node = sampleNode();
		node.processed.breakDown();
		const [[{ json }]] = await node.run(items('Hello'));
		expect(json).toMatchObject({ status: 'published', id: '1', warnings: [] });
	});

	it('is told to those who rely on it', async () => {
		const node = sampleNode(keyed);
		node.processed.breakDown();
		const [[{ json }]] = await node.run(items('Hello'));
		expect(json).toMatchObject({ status: 'published', id: '1' });
		expect(json.warnings).toEqual([expect.stringContaining('memory could not be used (UNIQUE')]);
	});

	it('is tried once more, since two processes may disturb each other', async () => {
		const context = await opened().context();
		let tries = 0;
		const { checkProcessedAndRecord } = context.helpers;
		const once = async (...all: Parameters<typeof checkProcessedAndRecord>) =>
			tries++ === 0 ? await dead() : await checkProcessedAndRecord(...all);
		const helpers = { ...context.helpers, checkProcessedAndRecord: once };
		const kept = memoryOf({ helpers } as unknown as IExecuteFunctions, 10);
		expect(await kept.begin('a')).toBe('new');
		expect(kept.failure()).toBeUndefined();
		expect(await kept.look('a')).toBe('begun');
	});

	it('is none on an old n8n', async () => {
		const kept = memoryOf({ helpers: {} } as unknown as IExecuteFunctions, 10);
		expect(await kept.look('a')).toBe('lost');
		expect(await kept.begin('a')).toBe('lost');
		await kept.finish('a');
		expect(kept.failure()).toBe('this n8n has none');
	});
});

it('never takes a post for published where two processes write at the same time', async () => {
	const context = await opened().context();
	const inProcess = async () => {
		let kept: Memory | undefined;
		await jest.isolateModulesAsync(async () => {
			kept = (await import('@/nodes/shared/publish/memory')).memoryOf(context, 100);
		});
		return kept as Memory;
	};
	const [one, other] = [await inProcess(), await inProcess()];
	for (let at = 0; at < 20; at++) {
		await Promise.all([one.begin(`one ${at}`), other.begin(`other ${at}`)]);
		const noted = [await one.look(`one ${at}`), await other.look(`other ${at}`)];
		expect(noted).not.toContain('done');
		expect(noted).toContain('begun');
	}
	expect([one.failure(), other.failure()]).toEqual([undefined, undefined]);
});
