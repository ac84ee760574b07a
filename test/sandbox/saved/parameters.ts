import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';

import { firstVersion, isOfVersion } from '@/nodes/shared/editor/versions';

export interface Parameter {
	type: string;
	default: NodeParameterValueType;
	/** The possible values, and the modes of a resource locator. */
	values?: unknown[];
	modes?: string[];
}

/** Parameters by path, such as `options.poll.poll.answers`. */
export type Parameters = Record<string, Parameter>;
/** By resource and operation; a node without them has all parameters under `-`. */
export type NodeParameters = Record<string, Record<string, Parameters>>;

export const NONE = '-';

/** The keys already contain these two. */
const CHOICES = ['resource', 'operation'];

/** All parameters of a node, including those in collections. */
export function parametersOf({ properties }: INodeTypeDescription): NodeParameters {
	const resources = valuesOf(properties.find(({ name }) => name === 'resource'));
	return Object.fromEntries(
		resources.map((resource) => {
			const choice = properties.find(
				(one) => one.name === 'operation' && isShown(one, { resource }),
			);
			const operations = valuesOf(choice).map((operation) => {
				const shown = properties.filter(
					(one) => !CHOICES.includes(one.name) && isShown(one, { resource, operation }),
				);
				return [operation, Object.assign({}, ...shown.map((one) => pathsOf(one)))] as const;
			});
			return [resource, Object.fromEntries(operations)];
		}),
	);
}

function valuesOf(property?: INodeProperties): string[] {
	const found = (property?.options ?? []) as INodePropertyOptions[];
	return property ? found.map(({ value }) => String(value)) : [NONE];
}

/** Whether it is shown, considering only resource and operation. */
function isShown({ displayOptions }: INodeProperties, chosen: Record<string, string>): boolean {
	return Object.entries(chosen).every(([name, value]) => {
		const shown = displayOptions?.show?.[name] as unknown[] | undefined;
		return !shown || shown.includes(value);
	});
}

/** Whether nodes of the first version have it. */
function isFirst(property: INodeProperties): boolean {
	return isOfVersion(property, firstVersion);
}

function pathsOf(property: INodeProperties, before = ''): Parameters {
	const path = `${before}${property.name}`;
	return Object.assign(
		{ [path]: parameterOf(property) },
		...childrenOf(property).map(([group, child]) => pathsOf(child, `${path}.${group}`)),
	) as Parameters;
}

function parameterOf({ type, default: usual, options, modes }: INodeProperties): Parameter {
	const chosen = options && (type === 'options' || type === 'multiOptions');
	return {
		type,
		default: usual,
		...(chosen && { values: (options as INodePropertyOptions[]).map(({ value }) => value) }),
		...(modes && { modes: modes.map(({ name }) => name) }),
	};
}

/** The parameters in a collection; in a fixed one with the name of their group. */
function childrenOf({ type, options = [] }: INodeProperties): Array<[string, INodeProperties]> {
	if (type === 'collection')
		return (options as INodeProperties[]).filter(isFirst).map((one) => ['', one]);
	if (type !== 'fixedCollection') return [];
	return (options as INodePropertyCollection[]).flatMap(({ name, values }) =>
		values.map((one): [string, INodeProperties] => [`${name}.`, one]),
	);
}
