import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { Threads } from '@/nodes/Threads/Threads.node';
import { conversation } from '@/test/support/conversation';
import { HOST, outcome, shown, threadsNode } from './setup';

const next = `${HOST}/v1.0/me/threads?access_token=long-token-1&after=p2`;
const POSTS = '/v1.0/me/threads';
const denied = { error: { message: 'No permission', type: 'OAuthException', code: 10 } };
const by = (value: string, mode = 'id') => ({ __rl: true, mode, value });

describe('operations of Threads', () => {
	it('list own posts to the end, by cursors alone', async () => {
		const talk = conversation(HOST, [
			[
				'GET',
				POSTS,
				200,
				{ data: [shown('1'), shown('2')], paging: { cursors: { after: 'p2' }, next } },
			],
			['GET', POSTS, 200, { data: [shown('3')], paging: { cursors: { after: 'p3' } } }],
		]);
		const node = threadsNode({ operation: 'getAll', returnAll: true, simplify: true });
		const items = await outcome(node);
		expect(items).toHaveLength(3);
		expect(items[2]).toEqual({
			id: '3',
			url: 'https://www.threads.net/@alice/post/C3',
			text: 'Hello',
			createdAt: '2026-11-21T10:00:00+0000',
		});
		expect(talk.requests.map(({ query }) => [query.limit, query.after])).toEqual([
			['100', undefined],
			['100', 'p2'],
		]);
		expect(JSON.stringify(items)).not.toContain('long-token-1');
		talk.done();
	});

	it('list up to a limit', async () => {
		const talk = conversation(HOST, [
			[
				'GET',
				POSTS,
				200,
				{ data: [shown('1'), shown('2')], paging: { cursors: { after: 'p2' }, next } },
			],
		]);
		const node = threadsNode({ operation: 'getAll', returnAll: false, limit: 2, simplify: false });
		expect(await outcome(node)).toEqual([shown('1'), shown('2')]);
		expect(talk.requests[0].query.limit).toBe('2');
		talk.done();
	});

	it('list the replies to a post', async () => {
		const reply = shown('5', {
			hide_status: 'NOT_HUSHED',
			username: 'bob',
			media_type: 'TEXT_POST',
		});
		const talk = conversation(HOST, [
			['GET', '/v1.0/17/replies', 200, { data: [reply], paging: { cursors: { after: 'x' } } }],
			['GET', '/v1.0/17/replies', 403, denied],
		]);
		const parameters = {
			resource: 'reply',
			operation: 'getAll',
			post: by('17'),
			limit: 9,
			simplify: true,
		};
		expect(await outcome(threadsNode(parameters))).toMatchObject([
			{ id: '5', author: 'bob', type: 'TEXT_POST', hidden: 'NOT_HUSHED' },
		]);
		expect(await outcome(threadsNode(parameters))).toMatchObject([
			{
				error: {
					code: 'permission_missing',
					remediation: expect.stringContaining('threads_read_replies'),
				},
			},
		]);
		talk.done();
	});

	it('get a post by its ID or by the URL of an own one', async () => {
		const talk = conversation(HOST, [
			['GET', '/v1.0/17', 200, shown('17')],
			['GET', POSTS, 200, { data: [{ id: '18', shortcode: 'DAb' }] }],
			['GET', '/v1.0/18', 200, shown('18')],
			['GET', POSTS, 200, { data: [] }],
		]);
		const parameters = { operation: 'get', simplify: true };
		expect(await outcome(threadsNode({ ...parameters, post: by('17') }))).toMatchObject([
			{ id: '17' },
		]);
		const url = by('https://www.threads.net/t/DAb', 'url');
		expect(await outcome(threadsNode({ ...parameters, post: url }))).toMatchObject([{ id: '18' }]);
		expect(await outcome(threadsNode({ ...parameters, post: url }))).toMatchObject([
			{ error: { code: 'not_found', rule: 'threads.post.url' } },
		]);
		expect(await outcome(threadsNode({ ...parameters, post: by('abc') }))).toMatchObject([
			{ error: { code: 'validation_failed', rule: 'threads.post.address' } },
		]);
		talk.done();
	});

	it('delete a post', async () => {
		const talk = conversation(HOST, [
			['DELETE', '/v1.0/17', 200, { success: true, deleted_id: '17' }],
		]);
		const node = threadsNode({ operation: 'delete', post: by('17') });
		expect(await outcome(node)).toEqual([{ id: '17', deleted: true }]);
		talk.done();
	});

	it('tell what is left of the publishing limit', async () => {
		const config = (quota_total: number) => ({ quota_total, quota_duration: 86_400 });
		const quota = {
			quota_usage: 3,
			config: config(250),
			reply_quota_usage: 1001,
			reply_config: config(1000),
		};
		const talk = conversation(HOST, [
			['GET', '/v1.0/me/threads_publishing_limit', 200, { data: [quota] }],
		]);
		const node = threadsNode({ resource: 'account', operation: 'publishingLimit' });
		expect(await outcome(node)).toEqual([
			{
				posts: { used: 3, total: 250, left: 247, windowSeconds: 86_400 },
				replies: { used: 1001, total: 1000, left: 0, windowSeconds: 86_400 },
				deletions: {},
				locationSearches: {},
			},
		]);
		talk.done();
	});

	it('offer the account’s posts to choose from', async () => {
		const data = [shown('1', { text: 'One' }), shown('2', { text: undefined })];
		const talk = conversation(HOST, [
			['GET', POSTS, 200, { data, paging: { cursors: { after: 'p2' }, next } }],
		]);
		const context = threadsNode({}).loadOptions();
		const { searchPosts } = new Threads().methods.listSearch;
		expect(await searchPosts.call(context as unknown as ILoadOptionsFunctions)).toEqual({
			results: [
				{ name: 'One', value: '1', url: 'https://www.threads.net/@alice/post/C1' },
				{ name: '2', value: '2', url: 'https://www.threads.net/@alice/post/C2' },
			],
			paginationToken: 'p2',
		});
		talk.done();
	});
});
