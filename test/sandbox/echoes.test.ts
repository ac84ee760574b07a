import { leaksIn, textsIn } from '@/test/support/leaksIn';
import { useBinaryStore } from '@/test/support/binaries';
import { ANSWERS } from './echo/answers';
import { sceneOf, type Task } from './echo/scene';
import { ways, type Stage } from './echo/ways';

// Makes the nodes and the trigger know the worked example too.
jest.mock('@/nodes/platforms', () => jest.requireActual<object>('@/test/platforms/asked'));

/**
 * A platform, or something else that answers for it, repeats every secret in every encoding from
 * some request on. No secret may appear in an item, an error, a log or n8n's data.
 */
beforeAll(useBinaryStore);

const TASKS: ReadonlyArray<readonly [Task, Stage]> = [
	...(['publish', 'list', 'get', 'disconnect', 'poll'] as const).map(
		(task) => [task, 'kept'] as const,
	),
	...(['publish', 'list', 'get', 'poll'] as const).map((task) => [task, 'old'] as const),
	...(['publish', 'get', 'poll'] as const).map((task) => [task, 'new'] as const),
];

it('goes through every way to connect', () => expect(ways.length).toBeGreaterThan(14));

const QUIET = ANSWERS['200, a page'];
/** Each place gets some of the answers in turn; `ECHOES=1` tries all. */
const EVERY = Number(process.env.ECHOES ?? 12);
const counted = { plans: 0, played: 0, hidden: 0 };

/**
 * From which request on the platform is hostile, and how. Of new and old connections only the first
 * requests are tested, which renew the token; the tests of a connection in use cover the others.
 */
function plan(served: number, stage: Stage) {
	const most = stage === 'kept' ? served : Math.min(served, 2);
	const answers = Object.entries(ANSWERS).map(([what, answer], at) => ({ what, answer, at }));
	const turn = counted.plans++;
	return Array.from({ length: most }, (_, passes) =>
		answers
			.filter(({ at }) => (at + passes + turn) % EVERY === 0)
			.map((one) => ({ ...one, passes })),
	).flat();
}

const isHidden = (outcome: unknown) =>
	[...textsIn(outcome)].some((text) => text.includes('[hidden]'));

afterAll(() => process.stdout.write(`${JSON.stringify(counted)}\n`));

describe.each(ways)('%s tells no secret', (_name, way) => {
	let scene: Awaited<ReturnType<typeof sceneOf>>;
	beforeAll(async () => void (scene = await sceneOf(way)));
	afterAll(async () => await scene.stop());

	it.each(TASKS)('when asked to %s with a connection that is %s', async (task, stage) => {
		const base = { way, task, stage, continues: true };
		const { served } = await scene.play({ ...base, passes: Infinity, answer: QUIET });
		const told: string[] = [];
		for (const { passes, what, answer, at } of plan(served, stage)) {
			const continues = (at + passes) % 2 === 0;
			const { seen, secrets, outcome } = await scene.play({ ...base, passes, answer, continues });
			told.push(...leaksIn(seen, secrets).map((leak) => `${passes} passed, ${what}: ${leak}`));
			counted.played++;
			counted.hidden += isHidden(outcome) ? 1 : 0;
		}
		expect(told.slice(0, 3)).toEqual([]);
	});
});
