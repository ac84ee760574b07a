import type { ILoadOptionsFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { LinkedIn } from '@/nodes/LinkedIn/LinkedIn.node';
import { conversation, type Line } from '@/test/support/conversation';
import { ALL, HOST, linkedInNode, ME, outcome, SHARE, WORKS } from './setup';
import { asMember, said } from './talk';

const PATH = `/rest/posts/${encodeURIComponent(SHARE)}`;
const URL = `https://www.linkedin.com/feed/update/${SHARE}/`;
const locator = (value: string, mode = 'id'): INodeParameterResourceLocator => ({
	__rl: true,
	mode,
	value,
});
const post = (id: number, change: object = {}) => ({
	id: `urn:li:share:${id}`,
	author: WORKS,
	commentary: 'Fish \\(& chips\\) {hashtag|\\#|food}',
	visibility: 'PUBLIC',
	createdAt: 1_763_000_000_000,
	lastModifiedAt: 1_763_000_060_000,
	lifecycleState: 'PUBLISHED',
	...change,
});
const short = (id: number) => ({
	id: `urn:li:share:${id}`,
	url: `https://www.linkedin.com/feed/update/urn:li:share:${id}/`,
	text: 'Fish (& chips) #food',
	author: WORKS,
	visibility: 'PUBLIC',
	createdAt: '2025-11-13T02:13:20.000Z',
	updatedAt: '2025-11-13T02:14:20.000Z',
});
const run = async (operation: string, parameters: object, scope = ALL) =>
	await outcome(linkedInNode({ operation, ...parameters }, { scope }));

describe('a post', () => {
	it('is got by URN or URL, in short or whole', async () => {
		const talk = conversation(HOST, [
			['GET', PATH, 200, post(73)],
			['GET', PATH, 200, post(73)],
		]);
		expect(await run('get', { post: locator(SHARE) })).toEqual([short(73)]);
		expect(await run('get', { post: locator(URL, 'url'), simplify: false })).toEqual([post(73)]);
		talk.done();
	});

	it('that is named by its activity cannot be found', async () => {
		const activity = locator('https://www.linkedin.com/feed/update/urn:li:activity:73/', 'url');
		for (const operation of ['get', 'delete', 'edit']) {
			expect(await run(operation, { post: activity, text: 'New' })).toMatchObject([
				{ error: { code: 'validation_failed', rule: 'linkedIn.post.address' } },
			]);
		}
	});

	it('is changed in its text alone', async () => {
		const talk = conversation(HOST, [['POST', PATH, 204, '']]);
		expect(await run('edit', { post: locator(SHARE), text: 'New (text) #go' })).toEqual([
			{ id: SHARE, url: URL, edited: true },
		]);
		expect(talk.requests[0]).toMatchObject({
			headers: { 'x-restli-method': 'PARTIAL_UPDATE', 'content-type': 'application/json' },
			body: { patch: { $set: { commentary: 'New \\(text\\) #go' } } },
		});
		talk.done();
	});

	it('is deleted', async () => {
		const talk = conversation(HOST, [['DELETE', PATH, 204, '']]);
		expect(await run('delete', { post: locator(SHARE) })).toEqual([{ id: SHARE, deleted: true }]);
		expect(talk.requests[0].headers['x-restli-method']).toBe('DELETE');
		talk.done();
	});

	it('is listed for an organization to the end', async () => {
		const full = Array.from({ length: 100 }, (_, index) => post(index));
		const page = (elements: object[], links: object[] = []): Line => [
			'GET',
			'/rest/posts',
			200,
			{ elements, paging: { start: 0, count: 100, links } },
		];
		const next = { rel: 'next', href: '/rest/posts' };
		const talk = conversation(HOST, [page(full), page([post(200)], [next]), page([post(201)])]);
		const items = await run('getAll', { target: locator('1001'), returnAll: true });
		expect(items).toHaveLength(102);
		expect(items.slice(100)).toEqual([short(200), short(201)]);
		expect(said(talk).map(({ query }) => query)).toEqual(
			['0', '100', '200'].map((start) => ({
				q: 'author',
				author: WORKS,
				sortBy: 'CREATED',
				start,
				count: '100',
			})),
		);
		talk.done();
	});

	it('of a member needs a scope that hardly any app has', async () => {
		const refused = asMember();
		expect(await run('getAll', { limit: 2 })).toMatchObject([
			{
				error: {
					code: 'permission_missing',
					rule: 'linkedIn.scope.closed',
					message: expect.stringContaining('r_member_social'),
				},
			},
		]);
		refused.done();
		const talk = asMember(['GET', '/rest/posts', 200, { elements: [post(1, { author: ME })] }]);
		expect(await run('getAll', { limit: 2 }, `${ALL},r_member_social`)).toMatchObject([
			{ id: 'urn:li:share:1', author: ME },
		]);
		expect(said(talk)[1].query).toMatchObject({ author: ME, count: '2' });
		talk.done();
	});

	it('is chosen from those of the author in the same form', async () => {
		const searches = new LinkedIn().methods.listSearch;
		const parameters = { operation: 'get', target: locator('1001', 'list') };
		const context = linkedInNode(parameters, {
			scope: ALL,
		}).loadOptions() as unknown as ILoadOptionsFunctions;
		const talk = conversation(HOST, [['GET', '/rest/posts', 200, { elements: [post(73)] }]]);
		expect(await searches.searchPosts.call(context)).toEqual({
			results: [{ name: 'Fish (& chips) #food', value: 'urn:li:share:73', url: short(73).url }],
		});
		talk.done();
	});
});

describe('a comment', () => {
	const path = (urn: string) => `/rest/socialActions/${urn}/comments`;

	it('is made below a post, as the organization', async () => {
		const talk = conversation(HOST, [
			[
				'POST',
				path(encodeURIComponent(SHARE)),
				201,
				{ id: '74', commentUrn: 'urn:li:comment:(a,74)' },
			],
		]);
		const parameters = { resource: 'comment', post: locator(URL, 'url'), target: locator('1001') };
		expect(await run('create', { ...parameters, text: 'Well (done)_' })).toMatchObject([
			{ id: '74' },
		]);
		expect(said(talk)[0].body).toEqual({
			actor: WORKS,
			object: SHARE,
			message: { text: 'Well (done)_' },
		});
		talk.done();
	});

	it('answers another', async () => {
		const urn = 'urn:li:comment:(urn:li:activity:73,74)';
		const talk = asMember([
			'POST',
			path('urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A73%2C74%29'),
			201,
			{ id: '75' },
		]);
		await run('create', { resource: 'comment', post: locator(urn), text: 'Thanks' });
		expect(said(talk)[1].body).toEqual({
			actor: ME,
			object: 'urn:li:activity:73',
			message: { text: 'Thanks' },
			parentComment: urn,
		});
		talk.done();
	});
});
