import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { platforms } from '@/nodes/platforms';
import type { Platform } from '@/nodes/shared/contract/platform';
import type { Problem } from '@/nodes/shared/contract/problem';
import { inWordsOfToday, newestVersion } from '@/nodes/shared/editor/versions';
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

/** Problems that a later version tells in other words, by the end of their rule. */
const wordedOtherwise: Record<string, string> = { 'threads/Validate a post': '.poll.count' };

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
		expectSame(`${file}/${name}`, now[name], before[name]);
	});

	const changed = saving ? [] : tried.flatMap(inNewestVersion);
	if (changed.length === 0) return;

	it.each(changed)('does in the newest version of the node: %s', async (name, node) => {
		expectSame(`${file}/${name}`, await run(node, nodes, web.crawl), before[name]);
	});

	if (saving) afterAll(() => write(`${file}.requests.json`, now));
});

function expectSame(name: string, now: Done, { requests, output }: Done) {
	const comparable = (items: Done['output']) => plain(items, wordedOtherwise[name]);
	const told = without(now.output, warnedOnPurpose[name]);
	expect(comparable(told)).toEqual(comparable(output));
	for (const [id, lines] of Object.entries(requests)) {
		expect(writes(now.requests[id])).toEqual(writes(lines));
		expect(unasked(lines, now.requests[id])).toEqual([]);
	}
}

function without(output: Done['output'], rule: string | undefined): Done['output'] {
	if (rule === undefined) return output;
	return JSON.parse(JSON.stringify(output), (key: string, value: unknown) =>
		key === 'warnings' ? (value as string[]).filter((one) => !one.endsWith(rule)) : value,
	) as Done['output'];
}

/** Problems come in any order; of those that are worded otherwise the rule is left. */
function plain(output: Done['output'], worded = ' '): Done['output'] {
	return JSON.parse(JSON.stringify(output), (key: string, value: unknown) => {
		if (key !== 'problems') return value;
		return (value as Problem[])
			.map((one) => (one.rule.endsWith(worded) ? { rule: one.rule } : one))
			.sort((one, other) => (one.rule < other.rule ? -1 : 1));
	}) as Done['output'];
}

/** A node that has former options, as one that is added today says the same. */
function inNewestVersion(node: INode): Array<[string, INode]> {
	const [, type] = node.type.split('.');
	const { parameters } = node;
	const places = platforms.flatMap((platform): Array<[Platform, string]> => {
		if (platform.id === type) return [[platform, 'options']];
		return type === 'crosspost' ? [[platform, platform.id]] : [];
	});
	const today = places.flatMap(([platform, place]) => {
		const options = (parameters[place] ?? {}) as IDataObject;
		const names = (platform.former ?? []).flatMap(({ options: those }) => those);
		if (!names.some(({ name }) => name in options)) return [];
		return [[place, inWordsOfToday(platform, options, node.typeVersion)]];
	});
	if (today.length === 0) return [];
	const said = { ...parameters, ...(Object.fromEntries(today) as INodeParameters) };
	return [[node.name, { ...node, typeVersion: newestVersion, parameters: said }]];
}

/** Nothing goes out, and the item says why. */
function expectRefused({ requests, output }: Done) {
	expect(Object.values(requests).flatMap((lines) => writes(lines))).toEqual([]);
	expect(output.flat()).toContainEqual(expect.objectContaining({ error: expect.anything() }));
}
