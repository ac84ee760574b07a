import type { IDataObject } from 'n8n-workflow';

import { activate, callWebhook, saveWorkflow, type Session } from '../../scripts/n8nClient.mjs';

export interface Named {
	id: string;
	name: string;
}

export interface NodeSetup {
	type: string;
	parameters?: IDataObject;
	/** Whatever else n8n keeps of a node, such as `retryOnFail`. */
	settings?: IDataObject;
}

/** Item after item into the nodes, which stand in a row behind a webhook. */
export interface Flow {
	id: string;
	/** The address of its webhook. */
	url(): string;
	run(json?: IDataObject, files?: Record<string, FileSetup>): Promise<Execution>;
}

export interface FileSetup {
	name: string;
	type: string;
	bytes: Uint8Array;
}

export interface Execution {
	id: string;
	status: string;
	data: IDataObject;
}

export async function flowOf(
	session: () => Session,
	credentials: Record<string, Named>,
	name: string,
	setups: NodeSetup[],
): Promise<Flow> {
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: name,
		parameters: { path: name, httpMethod: 'POST', options: {} },
	};
	const nodes = setups.map(({ type, parameters = {}, settings = {} }, index) => ({
		id: `node${index}`,
		name: `Node ${index + 1}`,
		type,
		typeVersion: 1,
		position: [220 * (index + 1), 0],
		parameters,
		// A node takes of these the types that it knows.
		credentials,
		...settings,
	}));
	const all = [webhook, ...nodes];
	const connections = Object.fromEntries(
		all
			.slice(0, -1)
			.map((node, index) => [
				node.name,
				{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	const workflow = await saveWorkflow(session(), { name, nodes: all, connections });
	await activate(session(), workflow);
	return {
		id: String(workflow.id),
		url: () => `${session().url}/webhook/${name}`,
		run: async (json, files) => await callWebhook(session(), workflow, name, json, files),
	};
}
