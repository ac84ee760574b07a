import type { IDataObject } from 'n8n-workflow';

import {
	activate,
	retryExecution,
	runStep,
	runWorkflow,
	saveWorkflow,
} from '../../scripts/local/n8nClient.mjs';
import { crash, single, type Crash } from './crash';
import {
	endedAndRunAgain,
	nodesFor,
	ofEach,
	ONCE,
	partsOf,
	postingBy,
	postingOf,
	SLOWNESS_MS,
	splitOut,
	stopped,
	together,
	twoOrThree,
	whole,
	type Posting,
	type Shape,
} from './endings';
import { rowOf, type Execution } from './flow';
import { postServers, type PostServer } from './servers';
import { startWorld, type World } from './world';

jest.setTimeout(300_000);

let world: World;
let servers: PostServer[];
let crashed: Crash;

beforeAll(async () => {
	world = await startWorld();
	servers = await postServers(world);
	// Runs first, because some retries take a minute, in which the other tests run.
	crashed = await crash(world, servers);
	servers.forEach((server) => server.latency(SLOWNESS_MS));
}, 1_800_000);

afterAll(async () => {
	await world?.stop();
	await Promise.all((servers ?? []).map((server) => server.stop()));
});

const SHAPES: Shape[] = ['items', 'thread'];
/** Seconds: too few for six posts, but enough for the first one on a busy machine. */
const executionTimeout = 5;

const postings = async (setup: { name: string; keyed?: boolean; settings?: IDataObject }) =>
	await Promise.all(
		servers.flatMap((server) =>
			SHAPES.map(async (shape) => await postingOf(world, server, { ...setup, shape })),
		),
	);

it('lets nothing out after Stop, and the retry adds what is missing', async () => {
	const all = await postings({ name: 'stopped' });
	const seen = await together(all, async (posting) => {
		const { id, sent, late } = await stopped(world, posting);
		const retried = await retryExecution(world.session, id);
		return { sent: twoOrThree(sent), late, ...(await whole(posting, retried, sent)) };
	});
	expect(seen).toEqual(ofEach(all, { sent: 'two or three', late: 0, ...ONCE }));
});

it('lets nothing out after the time-out, and a run with the same key adds the rest', async () => {
	const make = async (settings: IDataObject) =>
		await postings({ name: 'timed-out', keyed: true, settings });
	const seen = await endedAndRunAgain(world, make, { executionTimeout });
	expect(seen).toEqual(ofEach(await make({}), { sent: 'some', late: 0, ...ONCE }));
});

/** A workflow that runs another workflow; its time-out should end the posts of that one. */
const parentOf = async (server: PostServer, settings: IDataObject) => {
	const name = `parent-${server.platform}`;
	const trigger = { name: 'Called', type: 'n8n-nodes-base.executeWorkflowTrigger' };
	const nodes = nodesFor(server, { name, shape: 'items', keyed: true }).slice(-1);
	const child = await saveWorkflow(world.session, {
		name: `child-${server.platform}`,
		...rowOf(world.credentials, trigger, nodes),
	});
	await activate(world.session, child);
	const call = {
		type: 'n8n-nodes-base.executeWorkflow',
		parameters: { source: 'database', workflowId: child.id },
	};
	const flow = await world.flow(name, [splitOut, call], settings);
	return postingBy(flow, name, server, 2);
};

it('lets nothing out of a sub-workflow after the time-out of its parent', async () => {
	const make = async (settings: IDataObject) =>
		await Promise.all(servers.map(async (server) => await parentOf(server, settings)));
	const seen = await endedAndRunAgain(world, make, { executionTimeout });
	expect(seen).toEqual(ofEach(await make({}), { sent: 'some', late: 0, ...ONCE }));
});

it('publishes nothing for a second delivery with the same key', async () => {
	const setup = { name: 'twice', shape: 'items', posts: 1, keyed: true } as const;
	const all = await Promise.all(servers.map((server) => postingOf(world, server, setup)));
	const seen = await together(all, async (one) => {
		await one.flow.run({ texts: one.texts });
		return await single(one, await one.flow.run({ texts: one.texts }));
	});
	expect(seen).toEqual(
		ofEach(all, { posts: 1, requests: 1, status: 'already_published', named: true }),
	);
});

/** The start time of a run, which is part of its posts' keys. */
const establishedAt = ({ data }: Execution) =>
	(data.executionData as { runtimeData: { establishedAt: number } }).runtimeData.establishedAt;

// X accepts the same text only once a day from any client.
it.each(['bluesky', 'mastodon'])(
	'publishes anew on %s when a step is executed',
	async (platform) => {
		const server = servers.find((one) => one.platform === platform)!;
		const text = `By hand on ${platform}`;
		const name = `by-hand-${platform}`;
		const [, node] = nodesFor(server, { name, shape: 'items' });
		const trigger = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
		const nodes = [{ ...node, parameters: { text } }];
		const row = rowOf(world.credentials, trigger, nodes);
		const workflow = await saveWorkflow(world.session, { name, pinData: {}, ...row });
		const whole = { trigger: 'Start', destination: 'Node 1' };
		const runs = [
			await runWorkflow(world.session, workflow, whole),
			await runWorkflow(world.session, workflow, whole),
		];
		for (const _again of [1, 2]) {
			runs.push(await runStep(world.session, workflow, runs[0], 'Node 1'));
		}
		expect(runs.map((one) => partsOf(one, 'Node 1')[0].status)).toEqual(Array(4).fill('published'));
		expect((await server.posts()).filter((post) => post.text === text)).toHaveLength(4);
		expect(new Set(runs.map(establishedAt)).size).toBe(4);
	},
);

/** The results of the retries. */
const retried = async (all: Posting[]) =>
	await together(all, async (one) => await single(one, await crashed.retries.get(one.name)!));

it('finds after a crash the post whose answer never came', async () => {
	const { status, lost } = crashed;
	expect(new Set(status)).toEqual(new Set(['crashed']));
	expect(await retried(lost)).toEqual(
		ofEach(lost, { posts: 1, requests: 1, status: 'already_published', named: true }),
	);
});

it('publishes after a crash what the server never got', async () => {
	const { unsent } = crashed;
	expect(await retried(unsent)).toEqual(
		ofEach(unsent, { posts: 1, requests: 2, status: 'published', named: true }),
	);
});
