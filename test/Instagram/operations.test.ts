import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { Instagram } from '@/nodes/Instagram/Instagram.node';
import { conversation } from '@/test/support/conversation';
import {
	byFacebook,
	FACEBOOK,
	formOf,
	HOST,
	instagramNode,
	ME,
	MEDIA,
	outcome,
	shown,
} from './setup';

const next = `${HOST}${MEDIA}?access_token=IGlong-token-1&after=p2`;
const by = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const simple = (id: string) => ({
	id,
	url: `https://www.instagram.com/p/C${id}/`,
	text: 'Hello',
	createdAt: '2026-11-21T10:00:00+0000',
	author: 'alice',
	type: 'IMAGE',
});

describe('posts of Instagram', () => {
	it('are listed to the end, by cursors alone, and stories by themselves', async () => {
		const talk = conversation(HOST, [
			[
				'GET',
				MEDIA,
				200,
				{ data: [shown('1'), shown('2')], paging: { cursors: { after: 'p2' }, next } },
			],
			['GET', MEDIA, 200, { data: [shown('3')], paging: { cursors: { after: 'p3' } } }],
			['GET', `/v26.0/${ME}/stories`, 200, { data: [shown('4')] }],
		]);
		const list = { operation: 'getAll', returnAll: true, simplify: true };
		const items = await outcome(instagramNode(list));
		expect(items).toEqual(['1', '2', '3'].map(simple));
		expect(await outcome(instagramNode({ ...list, list: 'stories' }))).toEqual([simple('4')]);
		expect(talk.requests.map(({ query }) => [query.limit, query.after])).toEqual([
			['100', undefined],
			['100', 'p2'],
			['100', undefined],
		]);
		expect(JSON.stringify(items)).not.toContain('IGlong-token-1');
		talk.done();
	});

	it('are got by ID, or by the URL of an own one', async () => {
		const talk = conversation(HOST, [
			['GET', '/v26.0/17', 200, shown('17', { media_product_type: 'REELS' })],
			[
				'GET',
				MEDIA,
				200,
				{
					data: [
						{ id: '5', shortcode: 'Other' },
						{ id: '6', shortcode: 'Da-_9' },
					],
				},
			],
			['GET', '/v26.0/6', 200, shown('6')],
		]);
		const get = (value: string) =>
			instagramNode({ operation: 'get', post: by(value), simplify: true });
		expect(await outcome(get('17'))).toMatchObject([{ id: '17', type: 'REEL' }]);
		const url = 'https://www.instagram.com/alice/reel/Da-_9/?igsh=1';
		expect(await outcome(get(url))).toMatchObject([{ id: '6', type: 'IMAGE' }]);
		expect(await outcome(get('https://example.org'))).toMatchObject([
			{ error: { code: 'validation_failed', rule: 'instagram.post.address' } },
		]);
		talk.done();
	});

	it('that are not among the own ones are not found by their URL', async () => {
		const talk = conversation(HOST, [['GET', MEDIA, 200, { data: [] }]]);
		const post = by('https://www.instagram.com/p/None/', 'url');
		expect(await outcome(instagramNode({ operation: 'get', post }))).toMatchObject([
			{ error: { code: 'not_found', rule: 'instagram.post.url' } },
		]);
		talk.done();
	});

	it('are deleted by Facebook Login alone', async () => {
		const talk = conversation(FACEBOOK, [['DELETE', '/v26.0/17', 200, { success: true }]]);
		const remove = { operation: 'delete', post: by('17') };
		expect(await outcome(byFacebook(remove))).toEqual([{ id: '17', deleted: true }]);
		expect(await outcome(instagramNode(remove))).toMatchObject([
			{ error: { code: 'platform_rejected', rule: 'instagram.delete.login' } },
		]);
		talk.done();
	});

	it('have insights', async () => {
		const data = [
			{ name: 'views', period: 'lifetime', values: [{ value: 12 }] },
			{ name: 'reach', period: 'lifetime', values: [] },
		];
		const talk = conversation(HOST, [
			['GET', '/v26.0/17/insights', 200, { data }],
			['GET', '/v26.0/17/insights', 200, { data }],
		]);
		const metrics = { operation: 'insights', post: by('17'), metrics: ['views', 'reach'] };
		expect(await outcome(instagramNode({ ...metrics, simplify: true }))).toEqual([
			{ id: '17', views: 12, reach: null },
		]);
		expect(await outcome(instagramNode({ ...metrics, simplify: false }))).toEqual([
			{ id: '17', data },
		]);
		expect(talk.requests[0].query).toEqual({ metric: 'views,reach' });
		talk.done();
	});
});

describe('comments on Instagram', () => {
	const comment = { resource: 'comment' };

	it('are listed with their replies', async () => {
		const reply = { id: '6', text: 'Hello', username: 'alice', timestamp: 't', hidden: false };
		const first = {
			id: '5',
			text: 'Hi',
			username: 'bob',
			timestamp: 't',
			like_count: 2,
			hidden: true,
			replies: { data: [reply] },
		};
		const talk = conversation(HOST, [['GET', '/v26.0/17/comments', 200, { data: [first] }]]);
		const list = { ...comment, operation: 'getAll', post: by('17'), limit: 9, simplify: true };
		expect(await outcome(instagramNode(list))).toEqual([
			{
				id: '5',
				text: 'Hi',
				author: 'bob',
				createdAt: 't',
				likes: 2,
				hidden: true,
				replies: [{ id: '6', text: 'Hello', author: 'alice', createdAt: 't', hidden: false }],
			},
		]);
		expect(talk.requests[0].query).toMatchObject({ limit: '9' });
		talk.done();
	});

	it('are listed with all of their replies, however many', async () => {
		const reply = (id: string) => ({ id, text: `Hello ${id}` });
		const after = (cursor: string) => ({
			cursors: { after: cursor },
			next: `${HOST}/v26.0/5/replies?access_token=IGlong-token-1&after=${cursor}`,
		});
		const first = {
			id: '5',
			text: 'Hi',
			replies: { data: [reply('6'), reply('7')], paging: after('r7') },
		};
		const talk = conversation(HOST, [
			['GET', '/v26.0/17/comments', 200, { data: [first, { id: '4', text: 'Alone' }] }],
			['GET', '/v26.0/5/replies', 200, { data: [reply('8')], paging: after('r8') }],
			['GET', '/v26.0/5/replies', 200, { data: [reply('9')], paging: { cursors: {} } }],
		]);
		const list = { ...comment, operation: 'getAll', post: by('17'), limit: 9, simplify: false };
		expect(await outcome(instagramNode(list))).toEqual([
			{ ...first, replies: { data: ['6', '7', '8', '9'].map(reply) } },
			{ id: '4', text: 'Alone' },
		]);
		expect(talk.requests.slice(1).map(({ query }) => query)).toMatchObject([
			{ after: 'r7', fields: 'id,text,username,timestamp,hidden' },
			{ after: 'r8' },
		]);
		talk.done();
	});

	it('are made, answered, hidden, shown again and deleted', async () => {
		const talk = conversation(HOST, [
			['POST', '/v26.0/17/comments', 200, { id: '5' }],
			['POST', '/v26.0/5/replies', 200, { id: '6' }],
			['POST', '/v26.0/5', 200, { success: true }],
			['POST', '/v26.0/5', 200, { success: true }],
			['DELETE', '/v26.0/5', 200, { success: true }],
		]);
		const done = async (parameters: object) =>
			(await outcome(instagramNode({ ...comment, ...parameters })))[0];
		const message = 'Grüße #1';
		expect([
			await done({ operation: 'create', post: by('17'), message }),
			await done({ operation: 'reply', comment: ' 5 ', message }),
			await done({ operation: 'hide', comment: '5', hidden: true }),
			await done({ operation: 'hide', comment: '5', hidden: false }),
			await done({ operation: 'delete', comment: '5' }),
		]).toEqual([
			{ id: '5', post: '17' },
			{ id: '6', parent: '5' },
			{ id: '5', hidden: true },
			{ id: '5', hidden: false },
			{ id: '5', deleted: true },
		]);
		expect(talk.requests.map(({ body }) => formOf(body))).toEqual([
			{ message },
			{ message },
			{ hide: 'true' },
			{ hide: 'false' },
			{},
		]);
		talk.done();
	});
});

describe('the account', () => {
	const account = { resource: 'account' };
	const page = (id: string, username?: string) => ({
		id,
		...(username && { instagram_business_account: { id: `178${id}`, username } }),
	});
	const pages = (...data: object[]) =>
		[
			['GET', '/v26.0/me/accounts', 200, { data }],
			['GET', '/v26.0/me/businesses', 200, { data: [] }],
		] as const;

	it('tells what is left of the daily limit', async () => {
		const data = [{ quota_usage: 3, config: { quota_total: 100, quota_duration: 86_400 } }];
		const path = `/v26.0/${ME}/content_publishing_limit`;
		const talk = conversation(HOST, [
			['GET', path, 200, { data }],
			['GET', path, 200, { data: [] }],
		]);
		const limit = instagramNode({ ...account, operation: 'publishingLimit' });
		const known = { account: { id: ME, name: 'alice' } };
		expect(await outcome(limit)).toEqual([
			{ ...known, used: 3, total: 100, left: 97, windowSeconds: 86_400 },
		]);
		expect(await outcome(limit)).toEqual([{ ...known, used: 0 }]);
		talk.done();
	});

	it('has insights of some days', async () => {
		const data = [{ name: 'reach', period: 'day', total_value: { value: 7 } }];
		const talk = conversation(HOST, [['GET', `/v26.0/${ME}/insights`, 200, { data }]]);
		const parameters = {
			...account,
			operation: 'insights',
			metrics: ['reach'],
			since: '2026-11-01T00:00:00Z',
			simplify: true,
		};
		expect(await outcome(instagramNode(parameters))).toEqual([{ id: ME, reach: 7 }]);
		expect(talk.requests[0].query).toEqual({
			metric: 'reach',
			period: 'day',
			metric_type: 'total_value',
			since: '1793491200',
		});
		talk.done();
	});

	it('is one of those linked with Pages, or the only one', async () => {
		const talk = conversation(FACEBOOK, pages(page('1', 'alice'), page('2'), page('3', 'bob')));
		const list = { ...account, operation: 'getAll', returnAll: true };
		expect(await outcome(byFacebook(list))).toEqual([
			{ id: '1781', name: 'alice' },
			{ id: '1783', name: 'bob' },
		]);
		expect(await outcome(instagramNode(list))).toEqual([{ id: ME, name: 'alice' }]);
		talk.done();
	});

	it('is chosen from a list', async () => {
		const talk = conversation(FACEBOOK, [
			...pages(page('1', 'alice'), page('3', 'bob')),
			...pages(page('2')),
		]);
		const search = async (node: ReturnType<typeof byFacebook>, filter?: string) =>
			await new Instagram().methods.listSearch.searchTargets.call(
				node.loadOptions() as unknown as ILoadOptionsFunctions,
				filter,
			);
		expect(await search(byFacebook({}), 'B')).toEqual({
			results: [{ name: 'bob', value: '1783', url: 'https://www.instagram.com/bob/' }],
		});
		expect(await search(instagramNode({}))).toEqual({
			results: [{ name: 'alice', value: ME, url: 'https://www.instagram.com/alice/' }],
		});
		await expect(search(byFacebook({}))).rejects.toThrow('No professional Instagram account');
		talk.done();
	});

	it('gives its posts to choose from', async () => {
		const talk = conversation(FACEBOOK, [['GET', MEDIA, 200, { data: [shown('1')] }]]);
		const { searchPosts } = new Instagram().methods.listSearch;
		const node = byFacebook({ operation: 'get' });
		expect(await searchPosts.call(node.loadOptions() as unknown as ILoadOptionsFunctions)).toEqual({
			results: [{ name: 'Hello', value: '1', url: 'https://www.instagram.com/p/C1/' }],
		});
		talk.done();
	});
});
