import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { LinkedIn } from '@/nodes/LinkedIn/LinkedIn.node';
import { conversation, type Line } from '@/test/support/conversation';
import { ALL, HOST, linkedInNode, outcome } from './setup';
import { said } from './talk';

const run = async (operation: string, parameters: object, scope = ALL) =>
	await outcome(linkedInNode({ operation, ...parameters }, { scope }));

describe('organizations', () => {
	const role = (id: number, name: string, more: object = {}) => ({
		role: name,
		state: 'APPROVED',
		organization: `urn:li:organization:${id}`,
		...more,
	});
	const acls = (elements: object[], more = false): Line => [
		'GET',
		'/rest/organizationAcls',
		200,
		{ elements, paging: { start: 0, count: 50, links: more ? [{ rel: 'next', href: '/x' }] : [] } },
	];
	const names = (...ids: number[]): Line => [
		'GET',
		'/rest/organizationsLookup',
		200,
		{
			results: Object.fromEntries(
				ids.map((id) => [id, { id, localizedName: `Name ${id}`, vanityName: `name-${id}` }]),
			),
		},
	];

	it('are those that the member may post for, of all pages', async () => {
		const talk = conversation(HOST, [
			acls([role(1, 'ADMINISTRATOR'), role(2, 'ANALYST'), role(1, 'RECRUITING_POSTER')], true),
			names(1),
			acls([
				role(3, 'CONTENT_ADMINISTRATOR'),
				{ role: 'ADMINISTRATOR', organizationTarget: 'urn:li:organization:4' },
			]),
			names(3),
		]);
		const all = await run('getAll', { resource: 'organization', returnAll: true });
		expect(all).toEqual([
			{
				id: '1',
				name: 'Name 1',
				vanityName: 'name-1',
				roles: ['ADMINISTRATOR'],
				url: 'https://www.linkedin.com/company/1/',
			},
			{
				id: '3',
				name: 'Name 3',
				vanityName: 'name-3',
				roles: ['CONTENT_ADMINISTRATOR'],
				url: expect.any(String),
			},
			{ id: '4', name: '4', roles: ['ADMINISTRATOR'], url: expect.any(String) },
		]);
		expect(said(talk)).toMatchObject([
			{ query: { q: 'roleAssignee', state: 'APPROVED', start: '0', count: '50' } },
			{ query: { ids: 'List(1)' } },
			{ query: { start: '50' } },
			{ query: { ids: 'List(3,4)' } },
		]);
		talk.done();
	});

	it('fill the list of authors by page and name', async () => {
		const searches = new LinkedIn().methods.listSearch;
		const context = linkedInNode(
			{},
			{ scope: ALL },
		).loadOptions() as unknown as ILoadOptionsFunctions;
		const talk = conversation(HOST, [
			acls([role(1, 'ADMINISTRATOR'), role(2, 'ADMINISTRATOR')], true),
			names(1, 2),
			acls([role(3, 'ANALYST')]),
		]);
		expect(await searches.searchTargets.call(context, 'NAME 2')).toEqual({
			results: [{ name: 'Name 2', value: '2', url: 'https://www.linkedin.com/company/2/' }],
			paginationToken: '50',
		});
		expect(await searches.searchTargets.call(context, '', '50')).toEqual({ results: [] });
		talk.done();
	});
});
