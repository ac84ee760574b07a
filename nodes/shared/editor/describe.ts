import {
	NodeConnectionTypes,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { Operation } from '../contract/operation';
import type { Cap, Platform } from '../contract/platform';
import type { PostOption } from '../contract/postOption';
import { authenticationField, targetField } from './credentialFields';
import {
	limitField,
	linkField,
	mediaField,
	postLocator,
	returnAllField,
	simplifyField,
	textField,
	threadField,
} from './fields';
import { accountOperations, postOperations, type OperationFacts } from './ownOperations';
import { postFields } from './postFields';
import { commonOptions, threadOptions } from './postOptions';
import { isOfVersion, newestVersion, ofAllVersions, versionFields } from './versions';

/** The other properties stay in the node file, because n8n's linter needs literals. */
type Described = Omit<INodeTypeDescription, 'icon' | 'subtitle' | 'credentials' | 'usableAsTool'>;

/** The parts of a platform node's description that follow from its definition. */
export function describe(platform: Platform): Described {
	return {
		displayName: `${platform.name} (Crosspost)`,
		name: platform.id,
		group: ['output'],
		...versionFields,
		description: `Publish to ${platform.name} with your own app credentials`,
		defaults: { name: platform.name },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			...authenticationField(platform, 'authentication'),
			...propertiesOf(operationsOf(platform)),
		],
	};
}

/** Whether an operation returns a list. */
export function isList(
	operation: Operation,
): operation is Extract<Operation, { pageSize: number }> {
	return 'pageSize' in operation;
}

/** The operation that lists the account's posts; undefined if there is none. */
export function postListing(platform: Platform) {
	const found = platform.operations.find(
		({ resource, operation }) => resource === 'post' && operation === 'getAll',
	);
	return found && isList(found) ? found : undefined;
}

/** Options of publishing in nodes of this version, sorted by name. */
export function optionsOf(platform: Platform, version = newestVersion): PostOption[] {
	return allOptionsOf(platform).filter((option) => isOfVersion(option, version));
}

/** Options of all versions: the platform's own, its post fields, the common ones and the cap. */
export function allOptionsOf(platform: Platform): PostOption[] {
	const { former, threads } = platform;
	const cap = platform.cap ? [capOption(platform.cap)] : [];
	const common = threads ? commonOptions : withoutThreads;
	return byName([
		...ofAllVersions([...platform.options, ...postFields(platform)], former),
		...common,
		...cap,
	]);
}

const withoutThreads = commonOptions.filter((option) => !threadOptions.includes(option));

export function byName<T extends INodeProperties | INodePropertyCollection>(
	fields: readonly T[],
): T[] {
	return [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/** `scheduledPost` becomes `Scheduled Post`. */
export function titleOf(value: string) {
	const words = value.replace(/([A-Z])/g, ' $1');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** All operations of a platform's node, with their fields. */
export function operationsOf(platform: Platform): OperationFacts[] {
	const places = targetField(platform);
	const thread = platform.threads ? [threadField] : [];
	const options: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: allOptionsOf(platform),
	};
	const publishing = [...places, textField, linkField, mediaField, ...thread, options];
	return [
		...postOperations(platform, publishing),
		...accountOperations(platform),
		...platform.operations.map((operation) => ({
			...operation,
			fields: fieldsOf(platform, operation, places),
		})),
	];
}

/** The fields of an operation other than publishing, in the order of the node. */
export function fieldsOf(
	platform: Platform,
	operation: Operation,
	places = targetField(platform),
): INodeProperties[] {
	const listing = postListing(platform) !== undefined;
	return [
		...(operation.onTarget ? places : []),
		...(operation.onPost ? [postLocator(platform.name, listing)] : []),
		...(operation.fields ?? []),
		...(isList(operation) ? [returnAllField, limitField] : []),
		...(operation.simplify ? [simplifyField] : []),
	];
}

function propertiesOf(operations: OperationFacts[]): INodeProperties[] {
	const resources = [...new Set(operations.map(({ resource }) => resource))].sort();
	const properties: INodeProperties[] = [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map((value) => ({ name: titleOf(value), value })),
			default: 'post',
		},
		...resources.map((resource) => operationField(resource, operations)),
	];
	return [...properties, ...shownFields(operations)];
}

function operationField(resource: string, operations: OperationFacts[]): INodeProperties {
	const here = operations.filter((operation) => operation.resource === resource);
	const usual = here[0]?.operation ?? '';
	const options: INodePropertyOptions[] = here.map(({ operation, name, action, description }) => ({
		name,
		value: operation,
		action,
		description,
	}));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: options.sort((a, b) => a.name.localeCompare(b.name)),
		default: usual,
	};
}

/** Fields with their display conditions; a field that several operations share appears once. */
function shownFields(operations: OperationFacts[]): INodeProperties[] {
	const shown = new Map<INodeProperties, Map<string, string[]>>();
	for (const { resource, operation, fields } of operations) {
		for (const field of fields) {
			const places = shown.get(field) ?? new Map<string, string[]>();
			shown.set(field, places.set(resource, [...(places.get(resource) ?? []), operation]));
		}
	}
	return [...shown].flatMap(([field, places]) =>
		[...places].map(([resource, names]) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: {
					...field.displayOptions?.show,
					resource: [resource],
					operation: names,
					...(field === limitField && { returnAll: [false] }),
				},
			},
		})),
	);
}

function capOption({ posts, days, why }: Cap): INodeProperties {
	return {
		displayName: 'Post Cap',
		name: 'cap',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: posts,
		description: `Maximum number of posts per account in ${days} days by all nodes of this workflow, 0 for no cap. ${why} Manual runs are not counted.`,
	};
}
