import { queuePrograms } from '../../scripts/debian.mjs';
import { manyAtOnce } from './manyAtOnce';
import { startWorld, type World } from './world';

jest.setTimeout(400_000);

const programs = queuePrograms();
const here = programs ? describe : describe.skip;

here('n8n in queue mode with two workers, on PostgreSQL and Redis', () => {
	let world: World;

	beforeAll(async () => {
		if (programs) world = await startWorld({ queue: { programs, workers: 2 } });
	}, 1_800_000);

	afterAll(async () => await world?.stop());

	it('renews a token once for 50 executions, and posts 50 times', async () => {
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
