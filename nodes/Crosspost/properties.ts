import type { INodeProperties } from 'n8n-workflow';

import { byName, optionsOf } from '../shared/describe';
import { commonOptions, linkField, mediaField, textField } from '../shared/fields';
import { pickersOf } from '../shared/pickers';
import type { Platform } from '../shared/platform';
import { platforms } from '../shared/platforms';

const choose: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'hidden',
		default: 'post',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
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
	{
		displayName: 'Platforms',
		name: 'platforms',
		type: 'multiOptions',
		noDataExpression: true,
		options: platforms.map(({ id, name }) => ({ name, value: id })),
		default: [],
		required: true,
		description: 'Platforms to publish to. Each one needs its own credential.',
	},
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

/** Fields of the Crosspost node; what differs by platform follows from the platforms' definitions. */
export const crosspostProperties: INodeProperties[] = [
	...choose,
	textField,
	linkField,
	mediaField,
	when,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: byName(commonOptions),
	},
	...platforms.map(platformField),
];

export const crosspostCredentials = platforms.map(({ id, credential }) => ({
	name: credential.type,
	required: true,
	displayOptions: { show: { platforms: [id] } },
}));

/** List searches of all platforms, under names that tell them apart. */
export const crosspostSearches = Object.fromEntries(
	platforms.flatMap((platform) =>
		Object.entries(pickersOf(platform)).map(([name, search]) => [
			searchName(platform, name),
			search,
		]),
	),
);

function platformField(platform: Platform): INodeProperties {
	const common = new Set(commonOptions.map(({ name }) => name));
	const own = optionsOf(platform)
		.filter(({ name }) => !common.has(name))
		.map((field) => withSearches(platform, field));
	return {
		displayName: `${platform.name} Options`,
		name: platform.id,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { platforms: [platform.id] } },
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

function searchName({ id }: Platform, name: string) {
	return `${id}_${name}`;
}

function withSearches(platform: Platform, field: INodeProperties): INodeProperties {
	if (!field.modes) return field;
	const modes = field.modes.map((mode) => {
		const method = mode.typeOptions?.searchListMethod;
		if (!method) return mode;
		const searchListMethod = searchName(platform, method);
		return { ...mode, typeOptions: { ...mode.typeOptions, searchListMethod } };
	});
	return { ...field, modes };
}
