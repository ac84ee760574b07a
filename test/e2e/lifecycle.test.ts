import type { IDataObject } from 'n8n-workflow';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
	activate,
	connectOAuth2,
	executions,
	outputOf,
	reactivate,
	runWorkflow,
	saveWorkflow,
	unflatten,
} from '../../scripts/local/n8nClient.mjs';
import { until } from '../../scripts/local/processes.mjs';
import { manyAtOnce } from './manyAtOnce';
import { startWorld, type World } from './world';

jest.setTimeout(400_000);

const DAY = 86_400_000;
const THREADS = 'crosspostThreadsOAuth2Api';
const EXAMPLE = join(__dirname, '../../examples/watch-connections.json');
const MESSAGE = 'Message for the Owner';

interface ExampleWorkflow {
	nodes: Array<{ name: string; parameters: IDataObject }>;
	connections: IDataObject;
}

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, 1_800_000);

afterAll(async () => await world?.stop());

/** A workflow that begins with the trigger and ends with its events. */
const watching = async (name: string, platforms: string[]) => {
	const trigger = {
		id: 'trigger',
		name: 'Connections',
		type: 'n8n-nodes-crosspost.crosspostTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			platforms,
			events: ['token.expiring', 'token.refreshed', 'token.revoked', 'scope.missing'],
		},
		credentials: world.credentials,
	};
	const end = {
		id: 'end',
		name: 'Told',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [220, 0],
		parameters: {},
	};
	const connections = { Connections: { main: [[{ node: 'Told', type: 'main', index: 0 }]] } };
	const workflow = await saveWorkflow(world.session, { name, nodes: [trigger, end], connections });
	await activate(world.session, workflow);
	return workflow;
};

/** Returns all events with which the trigger started the workflow. */
const toldBy = async ({ id }: { id: string }): Promise<IDataObject[]> => {
	const found = (await executions(world.session, id)) as Array<{ id: string }>;

	const events: IDataObject[] = [];
	for (const execution of found) {
		const { data } = await world.session.send('GET', `/executions/${execution.id}`);
		const items = outputOf({ data: unflatten(data) }, 'Told') as Array<{ json: IDataObject }>;
		events.push(...items.map(({ json }) => json));
	}
	return events;
};

const firstOf = async (workflow: { id: string }) =>
	await until(
		async () => {
			const events = await toldBy(workflow);
			return events.length > 0 ? events : undefined;
		},
		{ seconds: 90, what: 'An event' },
	);

const pollAgain = async (workflow: { id: string }) => {
	await reactivate(world.session, workflow);
	await new Promise((done) => setTimeout(done, 3_000));
};

const post = (platform: string) => ({
	type: `n8n-nodes-crosspost.${platform}`,
	parameters: { text: '={{ $json.body.text }}' },
});

it('renews a token once for 50 executions, and posts 50 times', async () => {
	expect(await manyAtOnce(world, 'Many at once', 50)).toEqual({
		failed: 0,
		refreshes: [200],
		posts: 50,
		different: 50,
	});
});

it('keeps a connection of Threads alive by the trigger alone, over restarts', async () => {
	const flow = await world.flow('threads-alive', [post('threads')]);
	expect((await flow.run({ text: 'First contact' })).status).toBe('success');
	const { threads } = world.sandboxes;
	const { access_token: exchanged } = (await world.stored(THREADS))?.data.oauthTokenData ?? {};

	await world.restart(THREADS, ({ oauthTokenData = {} }) => {
		const end = Number(oauthTokenData.n8n_expires_at);
		oauthTokenData.n8n_expires_at = String(end - 55 * DAY);
	});
	threads.clock.advance(55 * DAY);
	const workflow = await watching('Threads alive', ['threads']);
	expect(await firstOf(workflow)).toMatchObject([
		{ event: 'token.refreshed', platform: 'threads' },
	]);
	const renewals = threads.requests.filter(({ path }) => path === '/refresh_access_token');
	expect(renewals.map(({ status }) => status)).toEqual([200]);
	const { oauthTokenData: renewed } = (await world.stored(THREADS))?.data ?? {};
	expect(renewed?.access_token).not.toBe(exchanged);
	expect(Number(renewed?.n8n_expires_at) - Date.now()).toBeGreaterThan(59 * DAY);

	threads.clock.advance(10 * DAY);
	expect((await flow.run({ text: 'Beyond the first 60 days' })).status).toBe('success');
});

it('tells a revocation once, not again after a restart, and nothing after reconnecting', async () => {
	const { mastodon } = world.sandboxes;
	mastodon.revokeAll();
	const workflow = await watching('Mastodon revoked', ['mastodon']);
	expect(await firstOf(workflow)).toMatchObject([
		{
			event: 'token.revoked',
			platform: 'mastodon',
			credential: 'Demo account (mastodon)',
			revokedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		},
	]);
	await pollAgain(workflow);
	expect(await toldBy(workflow)).toHaveLength(1);
	await world.restart();
	await pollAgain(workflow);
	expect(await toldBy(workflow)).toHaveLength(1);

	await connectOAuth2(world.session, world.credentials.crosspostMastodonOAuth2Api);
	const flow = await world.flow('mastodon-again', [post('mastodon')]);
	expect((await flow.run({ text: 'Connected again' })).status).toBe('success');
	await pollAgain(workflow);
	expect(await toldBy(workflow)).toHaveLength(1);
});

it('forgets what was known of a connection that was made anew', async () => {
	const account = await world.flow('account-threads', [
		{ type: 'n8n-nodes-crosspost.threads', parameters: { resource: 'account', operation: 'get' } },
	]);
	await account.run();
	await world.restart(THREADS, ({ oauthTokenData = {} }) => {
		oauthTokenData.n8n_expires_at = String(Date.now() + 2 * DAY);
	});
	await connectOAuth2(world.session, world.credentials[THREADS]);
	const [{ json }] = outputOf(await account.run(), 'Node 1') as Array<{ json: IDataObject }>;
	const { expiresAt } = json.token as { expiresAt: string };
	expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(59 * DAY);
});

/** The example workflow; a node that keeps the mail's text replaces the node that sends it. */
const example = async () => {
	const { nodes, ...rest } = JSON.parse(await readFile(EXAMPLE, 'utf8')) as ExampleWorkflow;
	const assigned = ({ subject, text }: IDataObject) =>
		Object.entries({ subject, text }).map(([name, value]) => ({
			...{ id: name, name, value },
			type: 'string',
		}));
	return {
		...rest,
		nodes: nodes.map((node) => {
			if (node.name === 'Connections') return { ...node, credentials: world.credentials };
			if (node.name !== MESSAGE) return node;
			const parameters = { assignments: { assignments: assigned(node.parameters) } };
			return { ...node, type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters };
		}),
	};
};

it('writes to the owner how every connection stands when the example is run by hand', async () => {
	const workflow = await saveWorkflow(world.session, await example());
	const run = { trigger: 'Connections', destination: MESSAGE };
	const execution = await runWorkflow(world.session, workflow, run);
	const of = (name: string) =>
		(outputOf(execution, name) as Array<{ json: IDataObject }>).map(({ json }) => json);
	expect(of('Connections')).toMatchObject([
		{ event: 'token.expiring', platform: 'bluesky', canRefresh: true },
		{ event: 'token.expiring', platform: 'mastodon', expiresAt: null, canRefresh: false },
		{ event: 'token.expiring', platform: 'threads', what: 'access token', canRefresh: true },
		{ event: 'token.expiring', platform: 'threads', what: 'data access', canRefresh: false },
		{ event: 'token.expiring', platform: 'x', expiresAt: expect.stringMatching(/^\d{4}-/) },
	]);
	expect(of(MESSAGE)[2]).toEqual({
		subject: 'Connection ends in 59 days: threads',
		text: expect.stringMatching(/^.+ \(Demo account \(threads\)\)\n\nThe access token ends at 20/),
	});
});

it('leaves no secret where one could read it', async () => {
	expect(await world.leaks()).toEqual([]);
});
