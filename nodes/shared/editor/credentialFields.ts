import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import type { Platform } from '../contract/platform';

/** The Authentication field; none if the platform has one auth method. */
export function authenticationField(
	{ credentials }: Platform,
	name: string,
	displayName = 'Authentication',
): INodeProperties[] {
	if (credentials.length < 2) return [];
	const [{ choice: usual }] = credentials;
	return [
		{
			displayName,
			name,
			type: 'options',
			noDataExpression: true,
			options: credentials.map((authMethod) => ({
				name: authMethod.name,
				value: authMethod.choice,
			})),
			default: usual,
		},
	];
}

/** The target field, by list or ID; none if the platform has no targets. */
export function targetField({ target }: Platform): INodeProperties[] {
	if (!target) return [];
	const { name, description, optional, placeholder } = target;
	return [
		{
			displayName: name,
			name: 'target',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			...(!optional && { required: true }),
			description,
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchTargets', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', ...(placeholder && { placeholder }) },
			],
		},
	];
}

/** Field of the selected platforms in a node for several. `use` begins its description. */
export function platformsField(platforms: readonly Platform[], use: string): INodeProperties {
	return {
		displayName: 'Platforms',
		name: 'platforms',
		type: 'multiOptions',
		noDataExpression: true,
		options: platforms.map(({ id, name }) => ({ name, value: id })),
		default: [],
		required: true,
		description: `${use}. Each one needs its own credential.`,
	};
}

/**
 * Authentication fields of the platforms with several auth methods, and the place of the
 * credentials.
 */
export function authenticationFields(platforms: readonly Platform[]): INodeProperties[] {
	const place: INodeProperties = {
		displayName: 'Credentials',
		name: 'credentials',
		type: 'credentials',
		default: '',
	};
	const choices = platforms.flatMap((platform) =>
		authenticationField(
			platform,
			`${platform.id}Authentication`,
			`${platform.name} Authentication`,
		).map((field) => ({
			...field,
			displayOptions: { show: { platforms: [platform.id] } },
		})),
	);
	return [...choices, place];
}

/**
 * Credentials of a node for several platforms, one per selected platform and auth method.
 *
 * The conditions use `/platforms`, which is the same field: the editor hides a field whose options
 * all show a credential, and it does not detect conditions with a slash.
 */
export function credentialSlots(platforms: readonly Platform[]): INodeCredentialDescription[] {
	return platforms.flatMap(({ id, name, credentials }) =>
		credentials.map(({ type, choice }) => ({
			name: type,
			displayName: `${name} Credential`,
			required: true,
			displayOptions: {
				show: {
					'/platforms': [id],
					...(credentials.length > 1 && { [`/${id}Authentication`]: [choice] }),
				},
			},
		})),
	);
}
