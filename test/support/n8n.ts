import 'reflect-metadata';

import { Container } from '@n8n/di';
import {
	DataDeduplicationService,
	ExecuteContext,
	LoadOptionsContext,
	PollContext,
} from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IPollFunctions,
	IRunExecutionData,
	ITaskDataConnections,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, NodeHelpers, Workflow } from 'n8n-workflow';

import { deduplicator, processedData, type ProcessedData } from './processedData';

// n8n-core is loaded once for many test files: none shall see the services that another has set up.
Container.reset();
/** n8n makes the one instance of a process by itself. */
const Deduplication = DataDeduplicationService as unknown as {
	instance?: object;
	init(store: typeof deduplicator): Promise<void>;
};
Deduplication.instance = undefined;
void Deduplication.init(deduplicator);

/**
 * n8n's own execution context around one node: real parameters, real helpers, real binary store.
 * Only the credential store is in memory; what the node writes back is in `stored`.
 */
export interface TestNode {
	/** Runs the node once; the context (what n8n keeps through retries) lives on in between. */
	run(items?: INodeExecutionData[], change?: RunChange): Promise<INodeExecutionData[][]>;
	/** The node's context for list searches. */
	loadOptions(): LoadOptionsContext;
	/** Lets a trigger poll once, by its schedule or by hand; what it keeps is in `staticData`. */
	poll(mode?: 'trigger' | 'manual'): Promise<INodeExecutionData[]>;
	/** Decrypted credential data by type, as n8n would have them in its store. */
	readonly stored: Record<string, ICredentialDataDecryptedObject>;
	readonly staticData: IDataObject;
	/** What n8n's store of processed data holds for the node: it outlives everything. */
	readonly processed: ProcessedData;
	/** What n8n keeps of the present execution: the node's context, its hints and metadata. */
	execution(): IRunExecutionData;
}

export interface RunChange {
	parameters?: IDataObject;
	runIndex?: number;
	/** A new execution: n8n forgets the node's context. */
	fresh?: boolean;
	/** n8n's retry of a failed execution: the context is there. */
	retry?: boolean;
	/** n8n's retry of an execution that crashed or was stopped: the context is gone. */
	crashed?: boolean;
	/** n8n's signal that the execution was ended. */
	signal?: AbortSignal;
	/** Epoch ms at which the time of the workflow, or of its parent, is over. */
	deadline?: number;
	/** As an agent calls a tool. */
	tool?: boolean;
	/** From the editor: what the node does to the static data is not saved. */
	manual?: boolean;
}

export interface TestNodeSetup {
	type: INodeType;
	parameters: IDataObject;
	/** Credential types with the data a user would have entered, and `oauthTokenData`. */
	credentials: Array<{ type: ICredentialType; data: ICredentialDataDecryptedObject }>;
	continueOnFail?: boolean;
	/** Of the node; that of the first release unless told otherwise. */
	typeVersion?: number;
	/** n8n without the way to store tokens. */
	withoutStore?: boolean;
	/** n8n without the name of a run. */
	withoutRun?: boolean;
	/** Files are values in the JSON: n8n's combined binary mode. */
	filesInJson?: boolean;
}

export function testNode(setup: TestNodeSetup): TestNode {
	const { type } = setup;
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const stored = Object.fromEntries(
		setup.credentials.map(({ type: { name }, data }) => [name, data]),
	);
	const additionalData = additionalDataFor(setup, stored);
	let execution = executionOf(setup);
	const staticData: IDataObject = {};
	const processed = processedData();

	const workflowOf = (parameters: IDataObject, kept: IDataObject = staticData) => {
		const node = nodeOf(setup, parameters);
		const workflow = new Workflow({
			id: 'workflow',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes,
			staticData: kept,
			settings: setup.filesInJson ? { binaryMode: 'combined' } : {},
		});
		return { workflow, node: workflow.getNode(node.name) as INode };
	};

	return {
		stored,
		staticData,
		processed,
		execution: () => execution,
		run: async (items = [{ json: {} }], change = {}) => {
			if (change.fresh) execution = executionOf(setup);
			if (change.crashed) execution = executionOf(setup, execution);
			const parameters = { ...setup.parameters, ...change.parameters };
			// As n8n reads it from its database, and writes it there if it was told of a change.
			const kept = JSON.parse(JSON.stringify(staticData)) as IDataObject;
			const { workflow, node } = workflowOf(parameters, kept);
			processed.belongTo(workflow);
			const data: ITaskDataConnections = { main: [items] };
			const context = new ExecuteContext(
				workflow,
				node,
				{ ...additionalData, executionTimeoutTimestamp: change.deadline },
				modeOf(change),
				execution,
				change.runIndex ?? 0,
				items,
				data,
				{ data, node, source: null },
				[],
				change.signal,
			);
			if (change.tool) context.isToolExecution = () => true;
			const save = () => {
				if (kept.__dataChanged && !change.manual) Object.assign(staticData, kept);
			};
			const output = await type.execute
				?.call(context as unknown as IExecuteFunctions)
				.finally(save);
			return output as INodeExecutionData[][];
		},
		loadOptions: () => {
			const { workflow, node } = workflowOf(setup.parameters);
			const form = {
				...additionalData,
				currentNodeParameters: { ...setup.parameters, ...node.parameters } as INodeParameters,
			};
			return new LoadOptionsContext(workflow, node, form, '/parameters');
		},
		poll: async (mode = 'trigger') => {
			const { workflow, node } = workflowOf(setup.parameters);
			const context = new PollContext(workflow, node, additionalData, mode, 'update');
			const output = await type.poll?.call(context as unknown as IPollFunctions);
			return output?.[0] ?? [];
		},
	};
}

const established = new Set<number>();

/** An execution, or what n8n starts anew in the place of another: named after when it began. */
function executionOf({ withoutRun }: TestNodeSetup, again?: IRunExecutionData): IRunExecutionData {
	const execution = createRunExecutionData();
	// No two at once, whatever a test does to the clock.
	let establishedAt = Date.now();
	while (established.has(establishedAt)) establishedAt++;
	established.add(establishedAt);
	const run = { version: 1 as const, establishedAt, source: 'trigger' as const };
	if (!withoutRun && execution.executionData) {
		execution.executionData.runtimeData = again?.executionData?.runtimeData ?? run;
	}
	return execution;
}

function modeOf({ manual, retry, crashed }: RunChange) {
	if (manual) return 'manual';
	return retry || crashed ? 'retry' : 'trigger';
}

/** The data of all items of the first output. */
export async function outcome(
	node: TestNode,
	items?: INodeExecutionData[],
	change?: RunChange,
): Promise<IDataObject[]> {
	const [output] = await node.run(items, change);
	return output.map(({ json }) => json);
}

function nodeOf(setup: TestNodeSetup, parameters: IDataObject): INode {
	return {
		id: 'node',
		name: 'Node under test',
		type: setup.type.description.name,
		typeVersion: setup.typeVersion ?? 1,
		position: [0, 0],
		parameters: parameters as INodeParameters,
		credentials: Object.fromEntries(
			setup.credentials.map(({ type: { name } }) => [name, { id: name, name: `My ${name}` }]),
		),
		...(setup.continueOnFail && { onError: 'continueRegularOutput' as const }),
	};
}

function additionalDataFor(
	{ credentials, withoutStore }: TestNodeSetup,
	stored: TestNode['stored'],
): IWorkflowExecuteAdditionalData {
	const typeOf = (name: string) =>
		credentials.find(({ type }) => type.name === name)?.type as ICredentialType;
	return {
		executionId: 'execution',
		restApiUrl: 'https://n8n.example.com/rest',
		instanceBaseUrl: 'https://n8n.example.com/',
		webhookBaseUrl: 'https://n8n.example.com/webhook',
		formWaitingBaseUrl: 'https://n8n.example.com/form-waiting',
		webhookWaitingBaseUrl: 'https://n8n.example.com/webhook-waiting',
		variables: {},
		credentialsHelper: {
			getParentTypes: (name: string) => typeOf(name).extends ?? [],
			getDecrypted: async (_data: unknown, { id }: { id: string }, name: string) =>
				resolved(typeOf(name), stored[id]),
			runPreAuthentication: async () => undefined,
			isCredentialUsableByNode: () => true,
			...(!withoutStore && {
				updateCredentialsOauthTokenData: async (
					{ id }: { id: string },
					_name: string,
					{ oauthTokenData }: ICredentialDataDecryptedObject,
				) => {
					stored[id] = { ...stored[id], oauthTokenData };
				},
			}),
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** As n8n does it: defaults of the type, then expressions over the credential itself. */
function resolved(type: ICredentialType, data: ICredentialDataDecryptedObject) {
	const full = NodeHelpers.getNodeParameters(
		type.properties,
		data as INodeParameters,
		true,
		false,
		null,
		null,
	) as INodeParameters;
	const node: INode = {
		id: 'c',
		name: 'Credential',
		type: 'credential',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodeType = { description: { properties: [] } } as unknown as INodeType;
	const nodeTypes = { getByNameAndVersion: () => nodeType } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return {
		// What the parent types have, such as the client of OAuth2, and the token.
		...data,
		...(workflow.expression.getComplexParameterValue(
			node,
			full,
			'internal',
			{},
			undefined,
			undefined,
			{ ...data, ...full },
		) as ICredentialDataDecryptedObject),
	};
}
