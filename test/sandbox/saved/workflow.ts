import { createHash } from 'node:crypto';

import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { Plan } from './plan/values';

/** A workflow as n8n exports it. */
export interface SavedWorkflow {
	name: string;
	nodes: INode[];
	connections: object;
	settings: object;
	pinData: object;
	active: boolean;
}

/** The editor stores values that differ from the defaults, and options that were added. */
export function workflowOf(description: INodeTypeDescription, plan: Plan): SavedWorkflow {
	return {
		name: `All that ${description.displayName} does`,
		nodes: Object.entries(plan).map(([name, parameters], at) =>
			nodeOf(description, name, parameters as INodeParameters, at),
		),
		connections: {},
		settings: { executionOrder: 'v1' },
		pinData: {},
		active: false,
	};
}

function nodeOf(
	description: INodeTypeDescription,
	name: string,
	parameters: INodeParameters,
	at: number,
): INode {
	const node = {
		id: idOf(`${description.name}/${name}`),
		name,
		type: `n8n-nodes-crosspost.${description.name}`,
		typeVersion: 1,
		position: [220 * (at % 6), 200 * Math.floor(at / 6)] as [number, number],
	};
	const { pollTimes } = parameters;
	const stored = resolved(description, parameters, false);
	return {
		parameters: { ...(pollTimes !== undefined && { pollTimes }), ...stored },
		...node,
		credentials: credentialsOf(description, parameters),
	};
}

/** All parameters that the node then has, or those that differ from the defaults. */
export function resolved(
	{ properties }: INodeTypeDescription,
	parameters: INodeParameters,
	defaults = true,
): INodeParameters {
	const of = [properties, parameters, defaults, false, null, null] as const;
	return NodeHelpers.getNodeParameters(...of) as INodeParameters;
}

function credentialsOf(description: INodeTypeDescription, parameters: INodeParameters) {
	const values = resolved(description, parameters);
	const shown = (description.credentials ?? []).filter((credential) =>
		NodeHelpers.displayParameter(values, credential, null, null, values),
	);
	return Object.fromEntries(
		shown.map(({ name }) => [name, { id: idOf(name).slice(0, 8), name: `My ${name}` }]),
	);
}

function idOf(name: string): string {
	const hex = createHash('sha256').update(name).digest('hex');
	return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
