import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { binaryItem } from '@/test/support/binaries';
import { testNode, type TestNode } from '@/test/support/n8n';
import { credentialType } from '@/test/support/pack';
import { advance } from '@/test/support/time';
import { nodeTypes } from './nodes';
import { normalise } from './normalise';
import { RESUME, WAITING } from './plan';
import { lineOf, withoutPolls, type Line } from './requests';
import { FILES, type Crawl } from './worlds/web';
import { DAY, type World } from './worlds/world';

/** What a saved node sent to each platform, and what it gave. */
export interface Done {
	requests: Record<string, Line[]>;
	output: IDataObject[][];
}

/** Stored once for all nodes. */
let files: Promise<INodeExecutionData> | undefined;

/** Until the end of a token that lives 60 days is less than a week away. */
const WEEKS = 53.5 * DAY;
const A_DAY_AND_MORE = 1.1 * DAY;
/** By then a platform has processed what it was sent. */
const A_MINUTE = 60_000;

/** Runs a saved node as it stands against platforms that were made for it. */
export async function run(node: INode, all: INode[], crawl: Crawl): Promise<Done> {
	const [, name] = node.type.split('.');
	const ids = (node.parameters.platforms ?? [name]) as string[];
	const made = await Promise.all(ids.map(async (id) => await worldOf(id, crawl)));
	try {
		const before = node.name === RESUME && all.find((one) => one.name === WAITING);
		const found = before ? await outcomeOf(before, made) : [[]];
		if (before) advance(A_MINUTE);
		const from = made.map(({ requests }) => requests().length);
		const output = await outcomeOf(node, made, before ? patient(found[0][0]) : {});
		const sent = made.map(({ requests }, at) => requests().slice(from[at]).map(lineOf));
		const raw = { requests: Object.fromEntries(ids.map((id, at) => [id, sent[at]])), output };
		const { requests, ...done } = normalise(raw, { known: ids.flatMap(knownOf(made)) });
		const kept = Object.entries(requests).map(([id, lines]) => [id, withoutPolls(lines)]);
		return { ...done, requests: Object.fromEntries(kept) as Done['requests'] };
	} finally {
		await Promise.all(made.map(async (world) => await world.stop()));
	}
}

/** The platform with this id. */
async function worldOf(id: string, crawl: Crawl): Promise<World> {
	const { world } = (await import(`./worlds/${id}`)) as { world: (crawl: Crawl) => Promise<World> };
	return await world(crawl);
}

/** What came before did not wait, and says so in its state. */
function patient({ resume, ...json }: IDataObject): IDataObject {
	const { options, ...state } = resume as { options: IDataObject };
	return { ...json, resume: { ...state, options: { ...options, processingWait: 120 } } };
}

const knownOf = (made: World[]) => (id: string, number: number) => {
	const { urls, secrets } = made[number];
	return [
		...urls.flatMap((url, at) => {
			const host = `${id}${at || ''}.example`;
			return [[url, `https://${host}`] as const, [new URL(url).host, host] as const];
		}),
		...secrets().map((secret) => [secret, '<secret>'] as const),
	];
};

/** The data of the items at each output. */
async function outcomeOf(node: INode, made: World[], json?: IDataObject): Promise<IDataObject[][]> {
	const tried = connected(node, made);
	const watches = node.type.endsWith('Trigger');
	const outputs = await (watches ? watched(tried, made) : tried.run(await items()));
	for (const { idle } of made) await idle?.();
	return outputs.map((output) => output.map((item) => item.json));

	async function items(): Promise<INodeExecutionData[]> {
		const given = Object.assign({}, ...made.map((world) => world.json), json) as IDataObject;
		return [{ ...(await (files ??= binaryItem(FILES))), json: given }];
	}
}

/** What a trigger tells at first and by hand, when tokens are about to end, and when they are gone. */
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
	made: World[],
): TestNode {
	const data = Object.assign({}, ...made.map((world) => world.credentials)) as object;
	const stored = data as World['credentials'];
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
