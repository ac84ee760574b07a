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
	const facts = (id: number) => ({ id, localizedName: `Name ${id}`, vanityName: `name-${id}` });
	const one = (id: number): Line => ['GET', `/rest/organizations/${id}`, 200, facts(id)];
	const names = (...ids: number[]): Line => [
		'GET',
		'/rest/organizationsLookup',
		200,
		{ results: Object.fromEntries(ids.map((id) => [id, facts(id)])) },
	];
	const no = { status: 403, code: 'ACCESS_DENIED', message: 'Not enough permissions' };

	it('are those that the member may post for, of all pages', async () => {
		const talk = conversation(HOST, [
			acls([role(1, 'ADMINISTRATOR'), role(2, 'ANALYST'), role(1, 'RECRUITING_POSTER')], true),
			one(1),
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
			{ path: '/rest/organizations/1' },
			{ query: { start: '50' } },
			{ query: { ids: 'List(3,4)' } },
		]);
		talk.done();
	});

	it('are named one by one for an app that may not ask for several at once', async () => {
		const talk = conversation(HOST, [
			acls([role(1, 'ADMINISTRATOR'), role(2, 'CONTENT_ADMINISTRATOR')]),
			['GET', '/rest/organizationsLookup', 403, no],
			one(1),
			['GET', '/rest/organizations/2', 403, no],
		]);
		expect(await run('getAll', { resource: 'organization' })).toMatchObject([
			{ id: '1', name: 'Name 1' },
			{ id: '2', name: '2' },
		]);
		talk.done();
	});

	describe('in the list of authors', () => {
		const search = async (filter?: string, cursor?: string) =>
			await new LinkedIn().methods.listSearch.searchTargets.call(
				linkedInNode({}, { scope: ALL }).loadOptions() as unknown as ILoadOptionsFunctions,
				filter,
				cursor,
			);
		const shown = (id: number) => ({
			name: `Name ${id}`,
			value: String(id),
			url: `https://www.linkedin.com/company/${id}/`,
		});
		const posting = (...ids: number[]) => ids.map((id) => role(id, 'ADMINISTRATOR'));

		it('come page by page', async () => {
			const talk = conversation(HOST, [
				acls(posting(1, 2), true),
				names(1, 2),
				acls([role(3, 'ANALYST')]),
			]);
			expect(await search()).toEqual({ results: [shown(1), shown(2)], paginationToken: '50' });
			expect(await search('', '50')).toEqual({ results: [] });
			talk.done();
		});

		it('are found by name on every page', async () => {
			const talk = conversation(HOST, [
				acls(posting(1, 2), true),
				names(1, 2),
				acls(posting(3, 4)),
				names(3, 4),
			]);
			expect(await search('NAME 4')).toEqual({ results: [shown(4)] });
			talk.done();
		});

		it('come from the next page that has one', async () => {
			const talk = conversation(HOST, [
				acls([role(3, 'ANALYST')], true),
				acls(posting(1, 2), true),
				names(1, 2),
			]);
			expect(await search()).toEqual({ results: [shown(1), shown(2)], paginationToken: '100' });
			talk.done();
		});
	});
});
