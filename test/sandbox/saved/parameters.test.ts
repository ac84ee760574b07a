import { savedParameters, savedWorkflow } from './files';
import { nodeTypes } from './nodes';
import { parametersOf, type NodeParameters, type Parameters } from './parameters';
import { save } from './save';
import { saidBy, unsaid } from './coverage';

/** Parameters and values of 0.1.0 that have another name today, `node/resource/operation/path`. */
const moved: Record<string, string> = {};

// Saves the workflows of another version: see the README in the folder.
if (process.env.SAVE_WORKFLOWS) save();

const parameters = Object.entries(savedParameters());

const eachOperation = (all: NodeParameters): Array<[string, string, Parameters]> =>
	Object.entries(all).flatMap(([resource, operations]) =>
		Object.entries(operations).map(([operation, one]): [string, string, Parameters] => [
			...([resource, operation] as const),
			one,
		]),
	);

describe.each(parameters)('%s of 0.1.0', (name, known) => {
	const { description } = nodeTypes[name];

	it('has lost no parameter and no choice', () => {
		const today = parametersOf(description);
		const lost = eachOperation(known).flatMap(([resource, operation, ones]) => {
			const now = today[resource]?.[operation];
			const paths = now ? missing(ones, now) : ['*'];
			return paths.map((path) => `${name}/${resource}/${operation}/${path}`);
		});
		expect(lost.filter((path) => !(path in moved))).toEqual([]);
	});

	it('is in the saved workflow with all it can be told', () => {
		const nodes = savedWorkflow(name).nodes.map((node) => saidBy(description, node));
		const left = eachOperation(known).flatMap(([resource, operation, ones]) => {
			const own = nodes.filter((one) => one.resource === resource && one.operation === operation);
			// Validate has the same parameters as Publish.
			const asked = operation === 'validate' && own.length > 0 ? {} : ones;
			return unsaid(asked, own).map((path) => `${resource}/${operation}/${path}`);
		});
		expect(left.filter((path) => !(`${name}/${path}` in moved))).toEqual([]);
	});
});

/** Returns what is missing, or has another type or default than before. */
function missing(before: Parameters, now: Parameters): string[] {
	return Object.entries(before).flatMap(([path, { type, default: usual, values, modes }]) => {
		const found = now[path];
		if (!found) return [path];
		const choices = [...(found.values ?? []), ...(found.modes ?? [])];
		const gone = [...(values ?? []), ...(modes ?? [])].filter((one) => !choices.includes(one));
		return [
			...(found.type === type ? [] : [`${path}:${type}`]),
			...(JSON.stringify(found.default) === JSON.stringify(usual) ? [] : [`${path}:default`]),
			...gone.map((one) => `${path}=${String(one)}`),
		];
	});
}
