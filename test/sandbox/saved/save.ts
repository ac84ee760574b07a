import { PARAMETERS, write } from './files';
import { nodeTypes } from './nodes';
import { parametersOf } from './parameters';
import { plans } from './plan';
import { workflowOf } from './workflow';

/** Makes the workflows and the list of parameters; see the README beside them. */
export function save(): void {
	const described = Object.entries(nodeTypes).map(
		([name, { description }]) => [name, parametersOf(description)] as const,
	);
	write(PARAMETERS, Object.fromEntries(described));
	for (const [name, { description }] of Object.entries(nodeTypes))
		write(`${name}.json`, workflowOf(description, plans[name]));
}
