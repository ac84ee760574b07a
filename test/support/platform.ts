import type { ICredentialType, INodeType } from 'n8n-workflow';

import type { AuthMethod } from '@/nodes/shared/contract/authMethod';
import type { Platform } from '@/nodes/shared/contract/platform';
import { describe } from '@/nodes/shared/editor/describe';
import { run } from '@/nodes/shared/run';

export const HOST = 'https://social.example.com';

export const sampleCredential: ICredentialType = {
	name: 'sampleApi',
	displayName: 'Sample API',
	properties: [
		{ displayName: 'Base', name: 'base', type: 'hidden', default: HOST },
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	],
};

/**
 * A platform with a single request, to test the core; `change` overrides its facts and those of its
 * only credential.
 */
export function samplePlatform({
	token,
	scopes,
	revoke,
	inspect,
	...change
}: Partial<Platform> &
	Partial<Pick<AuthMethod, 'token' | 'scopes' | 'revoke' | 'inspect'>> = {}): Platform {
	return {
		id: 'sample',
		name: 'Sample',
		docs: 'https://docs.example.com',
		credentials: [
			{
				choice: 'password',
				name: 'Password',
				type: 'sampleApi',
				host: 'base',
				secrets: ['password'],
				token: token ?? { kind: 'permanent' },
				manage: 'https://social.example.com/apps',
				...(scopes && { scopes }),
				...(revoke && { revoke }),
				...(inspect && { inspect }),
			},
		],
		limits: { text: { max: 500, unit: 'codePoints' }, media: {} },
		threads: true,
		options: [],
		operations: [],
		whoami: async () => ({ id: '1', name: 'alice' }),
		publish: async (api, { text, parent }) => {
			const { id } = await api.publish<{ id: string }>({
				method: 'POST',
				path: '/posts',
				body: { text, ...(parent && { parent: parent.id }) },
			});
			return { id };
		},
		...change,
	};
}

export function nodeOf(platform: Platform): INodeType {
	return {
		description: {
			...describe(platform),
			credentials: platform.credentials.map(({ type }) => ({ name: type })),
		},
		async execute() {
			return await run(this, platform);
		},
	};
}
