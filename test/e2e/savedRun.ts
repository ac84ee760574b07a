import { NodeHelpers, type IDataObject, type INode, type INodeTypeDescription } from 'n8n-workflow';

import {
	activate,
	executions,
	saveWorkflow,
	unflatten,
	type Session,
} from '../../scripts/local/n8nClient.mjs';
import { until } from '../../scripts/local/processes.mjs';
import {
	around,
	credentialsOf,
	doneIn,
	itemOf,
	type Around,
	type Done,
} from '../sandbox/saved/around';
import type { SavedWorkflow } from '../sandbox/saved/workflow';
import { FILES, type Crawl } from '../sandbox/saved/worlds/files';
import type { StoredCredential } from './stored';

/** A saved node with its own platforms, to which its credentials connect. */
export interface Step {
	node: INode;
	worlds: Around;
	credentials: StoredCredential[];
	/** Output of the node before it. */
	json?: IDataObject;
	/** Numbers of requests that earlier nodes have sent. */
	from?: Record<string, number>;
}

/**
 * The number of nodes in a row is limited, because n8n reads the whole workflow for each execution.
 */
const IN_A_ROW = 6;
const PATIENCE = { seconds: 300, every: 1000 };

let made = 0;

/** Makes the node's platforms; changes nothing in the node except the ids of its credentials. */
export async function ready(node: INode, crawl: Crawl): Promise<Step> {
	const worlds = await around(node, crawl);
	const stored = credentialsOf(worlds);
	const credentials = Object.entries(node.credentials ?? {}).map(([type, { name }]) => ({
		...{ id: `saved${++made}`, name, type },
		data: stored[type] as StoredCredential['data'],
	}));
	const chosen = credentials.map(({ id, name, type }) => [type, { id, name }]);
	return {
		node: { ...node, credentials: Object.fromEntries(chosen) as INode['credentials'] },
		worlds,
		credentials,
	};
}

export async function stopAll(steps: Step[]) {
	const worlds = steps.flatMap((step) => Object.values(step.worlds));
	await Promise.all(worlds.map(async (world) => await world.stop()));
}

/**
 * Runs nodes of a saved workflow in n8n. Several of them share a webhook that receives the files.
 * Before each of them a node returns the item that an earlier step would return.
 */
export async function runSaved(
	session: Session,
	saved: SavedWorkflow,
	steps: Step[],
	{ again }: { again: boolean },
): Promise<Record<string, Done>> {
	const many = Math.ceil(steps.length / IN_A_ROW);
	const rows = Array.from({ length: many }, (_, row) =>
		behindWebhook(steps.filter((_step, at) => at % many === row)),
	);
	const workflow = await saveWorkflow(session, {
		...saved,
		name: again ? `${saved.name} again` : saved.name,
		nodes: rows.flatMap(({ nodes }) => nodes),
		connections: Object.assign({}, ...rows.map(({ connections }) => connections)) as object,
	});
	if (again) await saveAgain(session, workflow);
	await activate(session, workflow);
	await Promise.all(
		rows.map(async ({ path }) => await sendFiles(`${session.url}/webhook/${path}`)),
	);
	const outputs = await outputsOf(session, String(workflow.id), many);
	const done = steps.map(async ({ node: { name }, worlds, from }) => {
		for (const { idle } of Object.values(worlds)) await idle?.();
		return [name, doneIn(worlds, outputs[name] ?? [], from)] as const;
	});
	return Object.fromEntries(await Promise.all(done));
}

function behindWebhook(steps: Step[]) {
	const path = `saved${++made}`;
	const webhook = {
		...{ id: path, webhookId: path, name: `Webhook ${path}`, position: [0, 0] },
		...{ type: 'n8n-nodes-base.webhook', typeVersion: 2 },
		parameters: { path, httpMethod: 'POST', options: {} },
	};
	const rows = steps.map(({ node, worlds, json }) => [itemNode(node, itemOf(worlds, json)), node]);
	const to = (nodes: INode[]) => ({
		main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))],
	});
	const pairs = rows.map(([item, node]) => [item.name, to([node])]);
	return {
		path,
		nodes: [webhook, ...rows.flat()],
		connections: {
			[webhook.name]: to(rows.map(([item]) => item)),
			...(Object.fromEntries(pairs) as object),
		},
	};
}

const itemNode = ({ id, name, position: [x, y] }: INode, json: IDataObject): INode => ({
	...{ id: `${id}-item`, name: `Item for ${name}`, position: [x, y + 1000] },
	...{ type: 'n8n-nodes-base.set', typeVersion: 3.3 },
	parameters: {
		mode: 'raw',
		jsonOutput: JSON.stringify(json),
		include: 'none',
		options: { includeBinary: true },
	},
});

/** Saves a workflow as n8n's editor does if a user opens and saves it. */
async function saveAgain(session: Session, { id }: { id: string }) {
	const stored = (await session.send('GET', `/workflows/${id}`)) as SavedWorkflow & IDataObject;
	const { name, connections, settings, versionId } = stored;
	const nodes = await Promise.all(stored.nodes.map(async (node) => await opened(session, node)));
	const body = { name, nodes, connections, settings, versionId };
	await session.send('PATCH', `/workflows/${id}`, body);
}

async function opened(session: Session, node: INode): Promise<INode> {
	const { type: name, typeVersion: version } = node;
	const asked = { nodeInfos: [{ name, version }] };
	const [type] = (await session.send('POST', '/node-types', asked)) as INodeTypeDescription[];
	// First with all parameters, as the editor shows them; then with those that it saves.
	const parameters = [true, false].reduce(
		(before, defaults) =>
			NodeHelpers.getNodeParameters(type.properties, before, defaults, false, node, type) ?? {},
		node.parameters,
	);
	return { ...node, parameters };
}

async function sendFiles(url: string) {
	const form = new FormData();
	for (const [property, { data, fileName, mimeType }] of Object.entries(FILES))
		form.append(property, new Blob([new Uint8Array(data)], { type: mimeType }), fileName);
	const response = await fetch(url, { method: 'POST', body: form });
	if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

/** Returns the outputs of each node, once this many executions have ended. */
async function outputsOf(session: Session, id: string, many: number) {
	const ended = async () => {
		const found = (await executions(session, id, 100)) as Array<{ id: string; stoppedAt?: string }>;
		return found.filter(({ stoppedAt }) => stoppedAt).length === many && found;
	};
	const what = `${many} executions of workflow ${id}`;
	const outputs: Record<string, IDataObject[][]> = {};
	for (const { id: execution } of await until(ended, { ...PATIENCE, what }))
		Object.assign(outputs, await outputsIn(session, execution));
	return outputs;
}

interface NodeRun {
	data?: { main: Array<Array<{ json: IDataObject }> | null> };
	error?: IDataObject;
}

/** Returns the outputs of each node that an execution ran. */
export async function outputsIn(
	session: Session,
	id: string,
): Promise<Record<string, IDataObject[][]>> {
	const { data } = (await session.send('GET', `/executions/${id}`)) as { data: string };
	const { resultData } = unflatten(data) as {
		resultData: { runData: Record<string, NodeRun[]> };
	};
	const outputs = Object.entries(resultData.runData).map(([name, [{ data: given, error }]]) => {
		const main = given?.main ?? [[{ json: { error } }]];
		return [name, main.map((items) => (items ?? []).map(({ json }) => json))] as const;
	});
	return Object.fromEntries(outputs);
}
