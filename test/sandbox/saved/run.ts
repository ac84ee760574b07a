import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { binaryItem } from '@/test/support/binaries';
import { testNode, type TestNode } from '@/test/support/n8n';
import { credentialType } from '@/test/support/pack';
import { advance } from '@/test/support/time';
import {
	around,
	counted,
	credentialsOf,
	doneIn,
	itemOf,
	patient,
	type Around,
	type Done,
} from './around';
import { nodeTypes } from './nodes';
import { RESUME, WAITING } from './plan';
import { FILES, type Crawl } from './worlds/files';
import { DAY, type World } from './worlds/world';

/** Stored once for all nodes. */
let files: Promise<INodeExecutionData> | undefined;

/** After this time a token of 60 days has less than a week left. */
const WEEKS = 53.5 * DAY;
const A_DAY_AND_MORE = 1.1 * DAY;
/** After this time a platform has processed its media. */
const A_MINUTE = 60_000;

/** Runs a saved node unchanged, with platforms that were made for it. */
export async function run(node: INode, all: INode[], crawl: Crawl): Promise<Done> {
	const worlds = await around(node, crawl);
	try {
		const before = node.name === RESUME && all.find((one) => one.name === WAITING);
		const found = before ? await outcomeOf(before, worlds) : [[]];
		if (before) advance(A_MINUTE);
		const from = counted(worlds);
		const output = await outcomeOf(node, worlds, before ? patient(found[0][0]) : {});
		return doneIn(worlds, output, from);
	} finally {
		await Promise.all(Object.values(worlds).map(async (world) => await world.stop()));
	}
}

/** The items at each output. */
async function outcomeOf(
	node: INode,
	worlds: Around,
	json?: IDataObject,
): Promise<IDataObject[][]> {
	const tried = connected(node, worlds);
	const made = Object.values(worlds);
	const watches = node.type.endsWith('Trigger');
	const outputs = await (watches ? watched(tried, made) : tried.run([await item()]));
	for (const { idle } of made) await idle?.();
	return outputs.map((output) => output.map((one) => one.json));

	async function item(): Promise<INodeExecutionData> {
		return { ...(await (files ??= binaryItem(FILES))), json: itemOf(worlds, json) };
	}
}

/**
 * The trigger's events at first and by hand, when tokens are about to end, and when they have
 * ended.
 */
async function watched(tried: TestNode, made: World[]): Promise<INodeExecutionData[][]> {
	const first = [await tried.poll(), await tried.poll('manual')];
	advance(WEEKS);
	const later = await tried.poll();
	for (const { revoke } of made) revoke();
	advance(A_DAY_AND_MORE);
	return [...first, later, await tried.poll()];
}

function connected(
	{ type, typeVersion, parameters, credentials = {} }: INode,
	worlds: Around,
): TestNode {
	const stored = credentialsOf(worlds);
	return testNode({
		type: nodeTypes[type.split('.')[1]],
		parameters: parameters as IDataObject,
		credentials: Object.keys(credentials).map((name) => ({
			...{ type: credentialType(name), data: stored[name] },
		})),
		continueOnFail: true,
		typeVersion,
	});
}
