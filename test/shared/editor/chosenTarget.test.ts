import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { testNode } from '../../support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '../../support/platform';
import { listSearchesOf } from '@/nodes/shared/editor/lists';

const platform = samplePlatform({
	pickers: {
		searchRooms: async (_api, filter, cursor, target) => ({
			results: [{ name: JSON.stringify([filter, cursor, target]), value: '1' }],
		}),
	},
});

const shown = async (parameters: IDataObject) => {
	const node = testNode({
		type: nodeOf(platform),
		parameters,
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'pw-1', oauthTokenData: { access_token: 'at' } },
			},
		],
	});
	const context = node.loadOptions() as unknown as ILoadOptionsFunctions;
	const { results } = await listSearchesOf(platform).searchRooms.call(context, 'a', 'next');
	return results[0].name;
};

describe('a list that depends on the place to post to', () => {
	it.each([
		['the platform’s own node', { target: { __rl: true, mode: 'list', value: '7' } }, '7'],
		['a node for many', { sampleTarget: { __rl: true, mode: 'id', value: '8' } }, '8'],
	])('knows what is chosen in %s', async (_node, parameters, target) => {
		expect(await shown(parameters)).toBe(JSON.stringify(['a', 'next', target]));
	});

	it('is told of no choice as such', async () => {
		expect(await shown({ target: { __rl: true, mode: 'list', value: '' } })).toBe(
			'["a","next",null]',
		);
	});
});
