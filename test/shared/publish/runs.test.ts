import { items, outcomes, readBack, sampleNode, server, useServer } from './platform';
import type { Platform } from '@/nodes/shared/contract/platform';

/** Two runs with the same key at the same time: one publishes, and the other one finds that out. */

useServer();

const SENT = 'POST /posts';
const LIST = 'GET /posts';
const down = { status: 503, body: { message: 'down' } };
const keyed = { options: { idempotencyKey: '={{ $json.key }}' } };
const soon = async () => await new Promise((done) => setTimeout(done, 100));

/** A promise, and the function that resolves it. */
function gate() {
	let open = () => {};
	const opened = new Promise<void>((done) => (open = done));
	return { opened, open };
}

/** Both runs check whether the post is begun before either begins it; the second one begins it. */
function beside() {
	const second = gate();
	const answer = gate();
	let runs = 0;
	const publish: Platform['publish'] = async (api, { text }) => {
		if (++runs === 1) await second.opened;
		else {
			second.open();
			await soon();
		}
		return await api.publish({ method: 'POST', path: '/posts', body: { text } });
	};
	server.next(SENT, async () => await answer.opened);
	const node = sampleNode(keyed, { publish });
	const run = async () => await outcomes(node, items('A'), { fresh: true });
	return { node, run, answer };
}

describe('a run that is refused since another has begun the post', () => {
	it('sends nothing and forgets nothing', async () => {
		const { node, run, answer } = beside();
		const first = run();
		await soon();
		expect(await run()).toEqual(['outcome_unknown']);
		expect(server.count(SENT)).toBe(1);
		expect(node.processed.size()).toBeGreaterThan(0);
		answer.open();
		expect(await first).toEqual(['published 1']);
		expect(await run()).toEqual(['already_published 1']);
		expect(server.count(SENT)).toBe(1);
	});

	it('finds the post once the other is through', async () => {
		const { run, answer } = beside();
		const first = run();
		await soon();
		server.next(LIST, async () => (answer.open(), await first, await soon()));
		expect(await run()).toEqual(['already_published 1']);
		expect(await first).toEqual(['published 1']);
		expect(server.posts).toHaveLength(1);
	});

	it('says nothing of the other’s failure', async () => {
		const { node, run, answer } = beside();
		server.clear();
		server.next(SENT, {
			status: 400,
			body: { message: 'No' },
			first: async () => await answer.opened,
		});
		const first = run();
		await soon();
		expect(await run()).toEqual(['outcome_unknown']);
		answer.open();
		expect(await first).toEqual(['platform_rejected']);
		expect(node.processed.size()).toBe(0);
		expect(await run()).toEqual(['published 1']);
	});
});

it('says nothing of the whole of a thread whose second part another run has begun', async () => {
	const [looked, begun] = [gate(), gate()];
	let seconds = 0;
	const publish: Platform['publish'] = async (api, { text }) => {
		if (text === 'B' && ++seconds === 1) await looked.opened;
		else if (text === 'B') {
			looked.open();
			await begun.opened;
		}
		return await api.publish({ method: 'POST', path: '/posts', body: { text } });
	};
	const node = sampleNode({ ...keyed, thread: { post: [{ text: 'B' }] } }, { publish });
	const run = async () => await node.run(items('A'), { fresh: true });
	const answer = gate();
	server.next(SENT, 'good', async () => (begun.open(), await answer.opened));
	const first = run();
	await soon();
	const [[{ json }]] = await run();
	answer.open();
	expect((await first)[0][0].json).toMatchObject({ status: 'published' });
	expect(json.error).toMatchObject({ code: 'outcome_unknown', published: [{ id: '1' }] });
	expect(JSON.stringify(json)).not.toMatch(/nothing was (sent|published)/i);
	expect(server.posts.map(({ text }) => text)).toEqual(['A', 'B']);
});

describe('a run that finds a post begun by another', () => {
	it.each([
		['a minute for the request', {}, 120_000],
		['the time that the platform takes', { requestWithin: 300_000 }, 360_000],
	])('waits %s and the time to commit, and takes it over', async (_what, more, least) => {
		const times = { ...readBack, commitsWithin: 60_000, ...more };
		const node = sampleNode(keyed, { readBack: times });
		server.next(SENT, 'cut-before');
		server.next(LIST, ...Array.from({ length: 40 }, () => down));
		expect(await outcomes(node, items('A'))).toEqual(['outcome_unknown']);
		server.clear();
		let sentAt = 0;
		server.next(SENT, () => (sentAt = Date.now()));
		const start = Date.now();
		expect(await outcomes(node, items('A'), { fresh: true })).toEqual(['published 1']);
		expect(sentAt - start).toBeGreaterThanOrEqual(least);
	});

	it('takes nothing over that comes to light meanwhile', async () => {
		const node = sampleNode(keyed);
		const answer = gate();
		server.next(SENT, async () => await answer.opened);
		const first = outcomes(node, items('A'), { fresh: true });
		await soon();
		server.next(LIST, async () => (answer.open(), await first));
		expect(await outcomes(node, items('A'), { fresh: true })).toEqual(['already_published 1']);
		expect(server.count(SENT)).toBe(1);
	});
});
