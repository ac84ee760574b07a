import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { ListOperation } from '@/nodes/shared/contract/operation';
import type { Picker } from '@/nodes/shared/contract/platform';
import { listSearchesOf } from '@/nodes/shared/editor/lists';
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
	const { searchPosts } = listSearchesOf(platform);
	const results = [{ name: 'One', value: '1' }];
	expect(await searchPosts.call(form({ __rl: true, mode: 'id', value: '7' }))).toEqual({ results });
	expect(await searchPosts.call(form({ __rl: true, mode: 'list', value: '' }))).toEqual({
		results,
	});
	expect(asked).toEqual([{ target: '7' }, {}]);
});

describe('a list that the editor asks for page after page', () => {
	const follow = async (cursorOf: (page: number) => string | undefined) => {
		let pages = 0;
		const picker: Picker = async () => ({ results: [], cursor: cursorOf(++pages) });
		const { searchThings } = listSearchesOf(samplePlatform({ pickers: { searchThings: picker } }));
		let token: string | undefined;
		do {
			const page = await searchThings.call(form(''), undefined, token);
			token = page.paginationToken as string | undefined;
		} while (token && pages < 1000);
		return pages;
	};

	it('ends with the last page', async () => {
		expect(await follow((page) => ['b', '[c]'][page - 1])).toBe(3);
	});

	it.each([
		['leads back to a page that came before', (page: number) => (page % 2 ? 'a' : 'b')],
		['has not come to its end after 100 pages', String],
	])('fails where it %s', async (why, cursorOf) => {
		await expect(follow(cursorOf)).rejects.toThrow(`The list that Sample gives ${why}.`);
	});
});
