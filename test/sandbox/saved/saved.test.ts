import { useBinaryStore } from '@/test/support/binaries';
import { hasRequests, savedRequests, savedWorkflow, write } from './files';
import { nodeTypes } from './nodes';
import { unasked, writes } from './requests';
import { run, type Done } from './run';
import { openWeb } from './worlds/web';

/** Nodes that a later version refuses on purpose, `<node file>/<node name>`, as CHANGELOG has it. */
const refusedOnPurpose: Record<string, string> = {};

/** Warnings that a later version has more, by the end of their rule. */
const warnedOnPurpose: Record<string, string> = {
	'bluesky/Publish five pictures': '.media.twice]',
};

/** Writes down what happens instead of comparing it: see the README in the folder. */
const SAVE = process.env.SAVE_REQUESTS?.split(',') ?? [];

let web: Awaited<ReturnType<typeof openWeb>>;

beforeAll(async () => {
	await useBinaryStore();
	web = await openWeb();
});
afterAll(() => web.close());

const kept = Object.keys(nodeTypes).filter((name) => SAVE.includes(name) || hasRequests(name));

describe.each(kept)('%s of 0.1.0', (file) => {
	const { nodes } = savedWorkflow(file);
	const saving = SAVE.includes(file);
	const before = saving ? {} : savedRequests(file);
	const now: Record<string, Done> = {};
	const tried = nodes.filter(({ name }) => saving || name in before);

	it.each(tried.map((node) => [node.name, node] as const))('does: %s', async (name, node) => {
		now[name] = await run(node, nodes, web.crawl);
		if (saving) return;
		if (`${file}/${name}` in refusedOnPurpose) return expectRefused(now[name]);
		const { requests, output } = before[name];
		expect(without(now[name].output, warnedOnPurpose[`${file}/${name}`])).toEqual(output);
		for (const [id, lines] of Object.entries(requests)) {
			expect(writes(now[name].requests[id])).toEqual(writes(lines));
			expect(unasked(lines, now[name].requests[id])).toEqual([]);
		}
	});

	if (saving) afterAll(() => write(`${file}.requests.json`, now));
});

function without(output: Done['output'], rule: string | undefined): Done['output'] {
	if (rule === undefined) return output;
	return JSON.parse(JSON.stringify(output), (key: string, value: unknown) =>
		key === 'warnings' ? (value as string[]).filter((one) => !one.endsWith(rule)) : value,
	) as Done['output'];
}

/** Nothing goes out, and the item says why. */
function expectRefused({ requests, output }: Done) {
	expect(Object.values(requests).flatMap((lines) => writes(lines))).toEqual([]);
	expect(output.flat()).toContainEqual(expect.objectContaining({ error: expect.anything() }));
}
