import type { INode, INodeTypeDescription, IDataObject, INodeParameters } from 'n8n-workflow';

import { NONE, type Parameter, type Parameters } from './parameters';
import { resolved } from './workflow';

/** The parameters of a saved node, by path: their values, and the modes of resource locators. */
type Said = Map<string, Set<unknown>>;

export interface SaidNode {
	resource: string;
	operation: string;
	said: Said;
}

/** All parameters of a node, including defaults that the editor shows. */
export function saidBy(description: INodeTypeDescription, { parameters }: INode): SaidNode {
	const all = resolved(description, parameters) as IDataObject;
	const said: Said = new Map();
	note(said, all, '');
	const { resource = NONE, operation = NONE } = all as Record<string, string>;
	return { resource, operation, said };
}

function note(said: Said, value: unknown, path: string): void {
	if (Array.isArray(value)) return value.forEach((one) => note(said, one, path));
	const values = said.get(path) ?? new Set();
	said.set(path, values);
	if (typeof value !== 'object' || value === null) return void values.add(value);
	const { __rl: located, mode, ...inside } = value as INodeParameters;
	if (located) return void values.add(mode);
	for (const [name, one] of Object.entries(inside))
		note(said, one, path ? `${path}.${name}` : name);
}

/** Returns the parameters and choices of an operation that no node uses. */
export function unsaid(parameters: Parameters, nodes: SaidNode[]): string[] {
	return Object.entries(parameters)
		.filter(([, { type }]) => type !== 'credentials')
		.flatMap(([path, parameter]) => {
			const found = nodes.flatMap(({ said }) => (said.has(path) ? [said.get(path)!] : []));
			if (found.length === 0) return [path];
			// Every way to connect needs to be tried with one operation only.
			if (path === 'authentication' && nodes.every(({ operation }) => operation !== 'publish'))
				return [];
			const values = new Set(found.flatMap((one) => [...one]));
			return choices(parameter)
				.filter((choice) => !values.has(choice))
				.map((choice) => `${path}=${String(choice)}`);
		});
}

function choices({ values = [], modes = [] }: Parameter): unknown[] {
	return [...values, ...modes];
}
