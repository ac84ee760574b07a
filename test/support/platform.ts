import type { ICredentialType, INodeType } from 'n8n-workflow';

import { describe } from '@/nodes/shared/describe';
import type { Platform } from '@/nodes/shared/platform';
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

/** A platform of one request, to try what the core does; `change` says what is special about it. */
export function samplePlatform(change: Partial<Platform> = {}): Platform {
	return {
		id: 'sample',
		name: 'Sample',
		docs: 'https://docs.example.com',
		credential: { type: 'sampleApi', host: 'base', secrets: ['password'] },
		token: { kind: 'permanent' },
		limits: { text: { max: 500, unit: 'codePoints' }, media: {} },
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
		description: { ...describe(platform), credentials: [{ name: platform.credential.type }] },
		async execute() {
			return await run(this, platform);
		},
	};
}
