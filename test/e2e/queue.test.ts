import type { IDataObject } from 'n8n-workflow';

import { queuePrograms } from '../../scripts/local/debian.mjs';
import { endedAndRunAgain, ofEach, ONCE, postingOf, SLOWNESS_MS } from './endings';
import { manyAtOnce } from './manyAtOnce';
import { postServers, type PostServer } from './servers';
import { startWorld, type World } from './world';

jest.setTimeout(400_000);

const programs = queuePrograms();
const here = programs ? describe : describe.skip;

here('n8n in queue mode with two workers, on PostgreSQL and Redis', () => {
	let world: World;
	let servers: PostServer[];

	beforeAll(async () => {
		if (!programs) return;
		world = await startWorld({ queue: { programs, workers: 2 } });
		servers = await postServers(world);
	}, 1_800_000);

	afterAll(async () => {
		await world?.stop();
		await Promise.all((servers ?? []).map((server) => server.stop()));
	});

	/** Sends the same posts to each server by a workflow with these settings. */
	const posted = async (name: string, settings: IDataObject) =>
		await Promise.all(
			servers.map(async (server) => {
				server.latency(SLOWNESS_MS);
				const setup = { name, shape: 'items', keyed: true, settings } as const;
				return await postingOf(world, server, setup);
			}),
		);

	// This test runs before the clock of X is moved.
	it.each([
		['Stop', -1, 'two or three'],
		['the time-out', 5, 'some'],
	])('lets nothing out after %s, and a run with the same key adds the rest', async (...row) => {
		const [how, executionTimeout, sent] = row;
		const make = async (settings: IDataObject) => await posted(`Ended by ${how}`, settings);
		const seen = await endedAndRunAgain(world, make, { executionTimeout });
		expect(seen).toEqual(ofEach(await make({}), { sent, late: 0, ...ONCE }));
	});

	it('renews a token once for 50 executions, and posts 50 times', async () => {
		servers.forEach((server) => server.recover());
		expect(await manyAtOnce(world, 'Many in a queue', 50)).toEqual({
			failed: 0,
			refreshes: [200],
			posts: 50,
			different: 50,
		});
	});

	it('leaves no secret where one could read it', async () => {
		expect(await world.leaks()).toEqual([]);
	});
});
