import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { platforms } from '@/nodes/platforms';
import type { Platform } from '@/nodes/shared/contract/platform';
import { inWordsOfToday, newestVersion } from '@/nodes/shared/editor/versions';
import { useBinaryStore } from '@/test/support/binaries';
import type { Done } from './around';
import { expectSame } from './compare';
import { hasRequests, savedRequests, savedWorkflow, write } from './files';
import { nodeTypes } from './nodes';
import { run } from './run';
import { openWeb } from './worlds/web';

/** Records what happens instead of comparing it: see the README in the folder. */
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
		if (!saving) expectSame(`${file}/${name}`, now[name], before[name]);
	});

	const changed = saving ? [] : tried.flatMap(inNewestVersion);
	if (changed.length === 0) return;

	it.each(changed)('does in the newest version of the node: %s', async (name, node) => {
		expectSame(`${file}/${name}`, await run(node, nodes, web.crawl), before[name]);
	});

	if (saving) afterAll(() => write(`${file}.requests.json`, now));
});

/** A node with former options, rewritten as a node of the newest version. */
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
