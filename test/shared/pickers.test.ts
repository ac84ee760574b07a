import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { pickersOf } from '@/nodes/shared/pickers';
import type { ListOperation } from '@/nodes/shared/platform';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const asked: unknown[] = [];

const platform = samplePlatform({
	target: { name: 'Page', description: 'The page', picker: async () => ({ results: [] }) },
	operations: [
		{
			resource: 'post',
			operation: 'getAll',
			name: 'Get Many',
			action: 'Get many posts',
			description: 'Get many posts',
			onTarget: true,
			pageSize: 2,
			page: async (_api, input) => {
				asked.push(input);
				return { items: [{ id: '1', text: 'One' }] };
			},
		} satisfies ListOperation,
	],
});

const form = (target: unknown) =>
	testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'getAll', target: target as string },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'token' } } }],
	}).loadOptions() as unknown as ILoadOptionsFunctions;

it('lists the posts of the target that is chosen in the same form', async () => {
	const { searchPosts } = pickersOf(platform);
	const results = [{ name: 'One', value: '1' }];
	expect(await searchPosts.call(form({ __rl: true, mode: 'id', value: '7' }))).toEqual({ results });
	expect(await searchPosts.call(form({ __rl: true, mode: 'list', value: '' }))).toEqual({
		results,
	});
	expect(asked).toEqual([{ target: '7' }, {}]);
});
