import type { INodeProperties } from 'n8n-workflow';

import { platforms } from '../platforms';
import type { Platform } from '../shared/contract/platform';
import {
	authenticationFields,
	credentialSlots,
	platformsField,
	targetField,
} from '../shared/editor/credentialFields';
import { allOptionsOf, byName } from '../shared/editor/describe';
import { linkField, mediaField, textField } from '../shared/editor/fields';
import { choicesOf, listSearchesOf } from '../shared/editor/lists';
import { sharedPostFields } from '../shared/editor/postFields';
import { commonOptions } from '../shared/editor/postOptions';

const ofPost = { show: { resource: ['post'] } };

const choose: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Account', value: 'account' },
			{ name: 'Post', value: 'post' },
		],
		default: 'post',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many accounts',
				description: 'Get many accounts: whose each credential is, what it may do and until when',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: ofPost,
		options: [
			{
				name: 'Publish',
				value: 'publish',
				action: 'Publish a post on several platforms',
				description: 'Publish one post on all chosen platforms at the same time',
			},
			{
				name: 'Validate',
				value: 'validate',
				action: 'Validate a post for several platforms',
				description: 'Check a post against the limits of all chosen platforms without sending it',
			},
		],
		default: 'publish',
	},
	platformsField(platforms, 'Platforms to use'),
	...authenticationFields(platforms),
];

const when: INodeProperties = {
	displayName: 'When a Check Fails',
	name: 'publishWhen',
	type: 'options',
	options: [
		{
			name: 'Publish to the Others',
			value: 'passing',
			description: 'Publish on all platforms that would accept the post',
		},
		{
			name: 'Publish to None',
			value: 'all',
			description: 'Send nothing unless all platforms would accept the post',
		},
	],
	default: 'passing',
	description: 'What to do if a platform would refuse the post',
};

const commonField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: byName([...commonOptions, ...sharedPostFields]),
};

export const crosspostOperations = [
	{ resource: 'account', operation: 'getAll' },
	{ resource: 'post', operation: 'publish' },
	{ resource: 'post', operation: 'validate' },
];

/** Fields of the Crosspost node; those of single platforms follow from the definitions. */
export const crosspostProperties: INodeProperties[] = [
	...choose,
	...platforms.flatMap(targetFor),
	...[textField, linkField, mediaField, when, commonField].map((field) => ({
		...field,
		displayOptions: ofPost,
	})),
	...platforms.map(platformField),
];

export const crosspostCredentials = credentialSlots(platforms);

/** List methods of all platforms, with the platform in each name. */
export const crosspostMethods = {
	listSearch: ofAll(listSearchesOf),
	loadOptions: ofAll(choicesOf),
};

function ofAll<Method>(methodsOf: (platform: Platform) => Record<string, Method>) {
	return Object.fromEntries(
		platforms.flatMap((platform) =>
			Object.entries(methodsOf(platform)).map(([name, method]) => [
				methodName(platform, name),
				method,
			]),
		),
	);
}

function shownFor({ id }: Platform) {
	return { show: { resource: ['post'], platforms: [id] } };
}

function targetFor(platform: Platform): INodeProperties[] {
	return targetField(platform).map((field) => ({
		...withMethods(platform, field),
		displayName: `${platform.name} ${field.displayName}`,
		name: `${platform.id}Target`,
		displayOptions: shownFor(platform),
	}));
}

function platformField(platform: Platform): INodeProperties {
	const common = new Set(commonOptions.map(({ name }) => name));
	const own = allOptionsOf(platform)
		.filter(({ name }) => !common.has(name))
		.map((field) => withMethods(platform, field));
	return {
		displayName: `${platform.name} Options`,
		name: platform.id,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: shownFor(platform),
		options: byName([...overrides(platform), ...own]),
	};
}

function overrides({ name }: Platform): INodeProperties[] {
	return [
		{
			...linkField,
			name: 'overrideLink',
			description: `Link for ${name}, instead of the one for all`,
		},
		{
			...mediaField,
			name: 'overrideMedia',
			description: `Media for ${name}, instead of those for all`,
		},
		{
			...textField,
			name: 'overrideText',
			description: `Text for ${name}, instead of the one for all`,
		},
	];
}

function methodName({ id }: Platform, name: string) {
	return `${id}_${name}`;
}

function withMethods(platform: Platform, field: INodeProperties): INodeProperties {
	const { loadOptionsMethod: loading } = field.typeOptions ?? {};
	if (loading) {
		const loadOptionsMethod = methodName(platform, loading);
		return { ...field, typeOptions: { ...field.typeOptions, loadOptionsMethod } };
	}
	if (!field.modes) return field;
	const modes = field.modes.map((mode) => {
		const method = mode.typeOptions?.searchListMethod;
		if (!method) return mode;
		const searchListMethod = methodName(platform, method);
		return { ...mode, typeOptions: { ...mode.typeOptions, searchListMethod } };
	});
	return { ...field, modes };
}
