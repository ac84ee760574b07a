import { useBinaryStore } from '@/test/support/binaries';
import { records } from '@/test/platforms/asked';
import { leaksIn, textsIn } from '@/test/support/leaksIn';
import { ADDRESSES, brokenFiles, FAILURES } from './echo/files';
import { ANSWERS } from './echo/answers';
import { sceneOf } from './echo/scene';
import { ways, type Way } from './echo/ways';

// Makes the nodes and the trigger know the worked example too.
jest.mock('@/nodes/platforms', () => jest.requireActual<object>('@/test/platforms/asked'));

/**
 * The URL of a file gives access, and the file does not arrive. The URL is shown, but its secret
 * parts are hidden in messages and in Resume State, also if the platform should fetch the file.
 */
beforeAll(useBinaryStore);

/** The first way to connect to each platform. */
const first = ({ platform: { credentials }, facts }: Way) => facts === credentials[0];
const one = ways.filter(([, way]) => records[way.platform.id].echo.lostFile && first(way));

describe.each(one)('%s and a file on the web', (_name, way) => {
	let scene: Awaited<ReturnType<typeof sceneOf>>;
	let files: Awaited<ReturnType<typeof brokenFiles>>;
	beforeAll(async () => {
		scene = await sceneOf(way);
		files = await brokenFiles();
	});
	afterAll(async () => await Promise.all([scene.stop(), files.stop()]));

	it.each(Object.entries(ADDRESSES))('tells nothing of %s', async (_what, address) => {
		const places = [...FAILURES.map((file) => [files.port, file] as const), [1, 'refused.png']];
		const told: string[] = [];
		for (const [at, [port, file]] of places.entries()) {
			const [url, secret] = address(`127.0.0.1:${port}`, String(file));
			const parts = url.split(/[@:?/#=&]/).filter((part) => part.includes('%'));
			const media = { medium: [{ source: 'url', url }] };
			const thread = { post: [{ text: 'Two', media }] };
			const hostile = Object.values(ANSWERS)[at % 5];
			const { seen, outcome } = await scene.play({
				...{ way, task: 'publish', stage: 'kept', continues: at % 2 === 0, passes: 2 },
				answer: (known) => hostile([...known, secret]),
				parameters: at % 3 === 0 && way.platform.threads ? { thread, media: {} } : { media },
			});
			expect([...textsIn(outcome)].join()).not.toBe('');
			told.push(...leaksIn(seen, [secret, ...parts]));
		}
		expect(told.slice(0, 3)).toEqual([]);
	});
});
