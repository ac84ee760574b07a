import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../contract/operation';
import type { Platform } from '../contract/platform';
import { resumeField } from './fields';

export type OperationFacts = Pick<
	Operation,
	'resource' | 'operation' | 'name' | 'action' | 'description'
> & { fields: INodeProperties[] };

/** What every platform's node does with a post. */
export function postOperations(
	{ name, threads }: Platform,
	fields: INodeProperties[],
): OperationFacts[] {
	const post = { resource: 'post', fields };
	return [
		{
			...post,
			operation: 'publish',
			name: 'Publish',
			action: 'Publish a post',
			description: `Publish a post ${threads ? 'or a thread ' : ''}on ${name}`,
		},
		{
			...post,
			operation: 'validate',
			name: 'Validate',
			action: 'Validate a post',
			description: 'Check a post against all limits without sending it',
		},
		{
			...post,
			operation: 'resume',
			name: 'Resume',
			action: 'Resume a post',
			description: `Finish a post that was still processing${threads ? ', or a thread that stopped halfway' : ''}`,
			fields: [resumeField],
		},
	];
}

/** What every platform's node does with the account. */
export function accountOperations({ name }: Platform): OperationFacts[] {
	return [
		{
			resource: 'account',
			operation: 'get',
			name: 'Get',
			action: 'Get the account',
			description: 'Get the account behind the credential, its permissions and when they end',
			fields: [],
		},
		{
			resource: 'account',
			operation: 'disconnect',
			name: 'Disconnect',
			action: 'Disconnect the account',
			description: `Withdraw the permission at ${name} where it allows that, and forget the token`,
			fields: [],
		},
	];
}
