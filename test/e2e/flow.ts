import type { IDataObject } from 'n8n-workflow';

import {
	activate,
	finished,
	saveWorkflow,
	startByWebhook,
	type Session,
} from '../../scripts/local/n8nClient.mjs';
import type { FileSetup } from '../platforms/record';

export interface Named {
	id: string;
	name: string;
}

export interface NodeSetup {
	type: string;
	parameters?: IDataObject;
	/** Other settings of a node, such as `retryOnFail`. */
	settings?: IDataObject;
}

/** A webhook followed by a row of nodes. */
export interface Flow {
	id: string;
	/** The address of its webhook. */
	url(): string;
	run(json?: IDataObject, files?: Record<string, FileSetup>): Promise<Execution>;
	/** Returns the id of the execution without waiting for its end. */
	start(json?: IDataObject, files?: Record<string, FileSetup>): Promise<string>;
}

export interface Execution {
	id: string;
	status: string;
	stoppedAt?: string;
	data: IDataObject;
}

export async function flowOf(
	session: () => Session,
	credentials: Record<string, Named>,
	name: string,
	setups: NodeSetup[],
	settings: IDataObject = {},
): Promise<Flow> {
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: name,
		parameters: { path: name, httpMethod: 'POST', options: {} },
	};
	const row = rowOf(credentials, webhook, setups);
	const workflow = await saveWorkflow(session(), {
		...{ name, ...row },
		settings: { executionOrder: 'v1', ...settings },
	});
	await activate(session(), workflow);
	const start: Flow['start'] = async (json, files) =>
		await startByWebhook(session(), workflow, name, json, files);
	return {
		id: String(workflow.id),
		url: () => `${session().url}/webhook/${name}`,
		start,
		run: async (json, files) => await finished(session(), await start(json, files)),
	};
}

/** Nodes in a row behind a trigger, as a workflow holds them. */
export function rowOf(
	credentials: Record<string, Named>,
	trigger: { name: string; type: string } & IDataObject,
	setups: NodeSetup[],
) {
	const nodes = setups.map(({ type, parameters = {}, settings = {} }, index) => ({
		id: `node${index}`,
		name: `Node ${index + 1}`,
		type,
		typeVersion: 1,
		position: [220 * (index + 1), 0],
		parameters,
		// n8n ignores credentials of types that a node does not use.
		credentials,
		...settings,
	}));
	const first = { id: 'trigger', typeVersion: 1, position: [0, 0], parameters: {}, ...trigger };
	const all = [first, ...nodes];
	const connections = Object.fromEntries(
		all
			.slice(0, -1)
			.map((node, index) => [
				node.name,
				{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	return { nodes: all, connections };
}
