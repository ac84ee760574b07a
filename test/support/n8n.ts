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

// Removes the services of earlier test files, because n8n-core is loaded once for many.
Container.reset();
/** n8n creates the only instance of a process itself. */
const Deduplication = DataDeduplicationService as unknown as {
	instance?: object;
	init(store: typeof deduplicator): Promise<void>;
};
Deduplication.instance = undefined;
void Deduplication.init(deduplicator);

/**
 * A node in n8n's own execution context, with real parameters, helpers and binary store. Only the
 * credential store is in memory; `stored` contains what the node writes back.
 */
export interface TestNode {
	/** Runs the node once; the context (which n8n keeps through retries) is kept between runs. */
	run(items?: INodeExecutionData[], change?: RunChange): Promise<INodeExecutionData[][]>;
	/** The node's context for list searches. */
	loadOptions(): LoadOptionsContext;
	/** Runs one poll of a trigger, by its schedule or manually; its data are kept in `staticData`. */
	poll(mode?: 'trigger' | 'manual'): Promise<INodeExecutionData[]>;
	/** Decrypted credential data by type, as in n8n's store. */
	readonly stored: Record<string, ICredentialDataDecryptedObject>;
	readonly staticData: IDataObject;
	/** n8n's processed data of the node, which are kept through all executions. */
	readonly processed: ProcessedData;
	/** n8n's data of the current execution: the node's context, its hints and metadata. */
	execution(): IRunExecutionData;
}

export interface RunChange {
	parameters?: IDataObject;
	runIndex?: number;
	/** A new execution; the node's context is gone. */
	fresh?: boolean;
	/** n8n's retry of a failed execution; the context is kept. */
	retry?: boolean;
	/** n8n's retry of an execution that crashed or was stopped; the context is gone. */
	crashed?: boolean;
	/** n8n's signal that ends the execution. */
	signal?: AbortSignal;
	/** Epoch ms when the timeout of the workflow, or of its parent, is reached. */
	deadline?: number;
	/** Runs the node as a tool of an agent. */
	tool?: boolean;
	/** A manual run in the editor, after which n8n does not save the static data. */
	manual?: boolean;
}

export interface TestNodeSetup {
	type: INodeType;
	parameters: IDataObject;
	/** Credential types with the user's data and `oauthTokenData`. */
	credentials: Array<{ type: ICredentialType; data: ICredentialDataDecryptedObject }>;
	continueOnFail?: boolean;
	/** Version of the node; by default that of the first release. */
	typeVersion?: number;
	/** An n8n that offers no way to store tokens. */
	withoutStore?: boolean;
	/** An n8n whose executions have no identity (runtime data). */
	withoutRun?: boolean;
	/** Files are values in the JSON, as in n8n's combined binary mode. */
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
			// Copies the static data, as n8n reads them from its database; writes them back only after a
			// change, as n8n does.
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

/**
 * Makes an execution, identified by its start time; a repetition of `again` keeps that execution's
 * identity.
 */
function executionOf({ withoutRun }: TestNodeSetup, again?: IRunExecutionData): IRunExecutionData {
	const execution = createRunExecutionData();
	// Makes the start time unique, even if a test changes the clock.
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

/** Returns the data of all items of the first output. */
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

/**
 * Resolves a credential as n8n does: defaults of the type, then expressions over the credential
 * itself.
 */
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
		// Fields of the parent types, such as the OAuth2 client, and the token.
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
