import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import type { Platform } from '../contract/platform';

/** Choosing how to connect; nothing where there is one way only. */
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

/** The place to post to, by list or ID; nothing where the account has only its own. */
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

/** In a node for many platforms: which of them, each with a credential of its own. */
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

/** How to connect each chosen platform that leaves the choice, and the credentials' own place. */
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
 * One credential for each chosen platform, of the type that is chosen for it.
 *
 * The editor hides a field of which every option stands for a credential: it takes that for a mere
 * choice of how to connect. It does not see dependencies on `/platforms`, which is the same field.
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
