import type { INodeProperties } from 'n8n-workflow';

import { platforms } from '../platforms';
import type { Platform } from '../shared/contract/platform';
import {
	authenticationFields,
	credentialSlots,
	platformsField,
} from '../shared/editor/credentialFields';
import { titleOf } from '../shared/editor/describe';

/**
 * The operation that every credential can be used for; the others are named `resource.operation`.
 */
const PUBLISH = 'post.publish';

const events: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	options: [
		{
			name: 'Scope Missing',
			value: 'scope.missing',
			description: 'A permission that the chosen operations need was not granted',
		},
		{
			name: 'Token Expiring',
			value: 'token.expiring',
			description: 'A connection ends soon and cannot be renewed without you',
		},
		{
			name: 'Token Refreshed',
			value: 'token.refreshed',
			description: 'The trigger has renewed a token by itself',
		},
		{
			name: 'Token Revoked',
			value: 'token.revoked',
			description: 'The platform does not accept the connection any more',
		},
	],
	default: ['scope.missing', 'token.expiring', 'token.revoked'],
	description: 'What to start the workflow for',
};

const daysBefore: INodeProperties = {
	displayName: 'Days Before Expiry',
	name: 'daysBefore',
	type: 'string',
	default: '7',
	placeholder: 'e.g. 14, 7, 1',
	displayOptions: { show: { events: ['token.expiring'] } },
	description: 'When to warn that a connection ends; several numbers warn several times',
};

export const triggerProperties: INodeProperties[] = [
	platformsField(platforms, 'Platforms whose connections to watch'),
	...authenticationFields(platforms),
	events,
	daysBefore,
	...platforms.flatMap(operationsField),
];

export const triggerCredentials = credentialSlots(platforms);

/** The scopes that the selected operations need. */
export function scopesFor(
	{ operations }: Platform,
	write: readonly string[],
	chosen: readonly string[],
): string[] {
	const more = operations
		.filter(({ resource, operation }) => chosen.includes(`${resource}.${operation}`))
		.flatMap(({ scope }) => scope ?? []);
	return [...new Set([...(chosen.includes(PUBLISH) ? write : []), ...more])];
}

/** Name of the parameter with the platform's selected operations. */
export function operationsName({ id }: Platform) {
	return `${id}Operations`;
}

function operationsField(platform: Platform): INodeProperties[] {
	const { id, name, credentials, operations } = platform;
	if (!credentials.some(({ scopes }) => scopes)) return [];
	const scoped = operations.filter(({ scope }) => scope);
	const options = [
		{ name: 'Post: Publish', value: PUBLISH },
		...scoped.map(({ resource, operation, name: title }) => ({
			name: `${titleOf(resource)}: ${title}`,
			value: `${resource}.${operation}`,
		})),
	];
	return [
		{
			displayName: `${name} Operations`,
			name: operationsName(platform),
			type: 'multiOptions',
			noDataExpression: true,
			displayOptions: { show: { platforms: [id], events: ['scope.missing'] } },
			options: options.sort((a, b) => a.name.localeCompare(b.name)),
			default: [PUBLISH],
			description: 'What the credential is used for: scopes that these need are watched',
		},
	];
}
