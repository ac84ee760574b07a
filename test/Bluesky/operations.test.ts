import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { Bluesky } from '@/nodes/Bluesky/Bluesky.node';
import { conversation } from '@/test/support/conversation';
import { AT, blueskyNode, DID, loggedIn, outcome, uriOf } from './setup';

const VIEW = 'https://public.api.bsky.app';
const BOB = 'did:plc:bob';
const RKEY = '3kabcdefghijk';

const onPost = (operation: string, value: string) =>
	blueskyNode({ operation, post: { __rl: true, mode: 'url', value } });

describe('deleting a post', () => {
	const url = (actor: string) => `https://bsky.app/profile/${actor}/post/${RKEY}`;
	const deleted = [
		['POST', AT.remove, 200],
		['POST', AT.remove, 200],
		['POST', AT.remove, 200],
	] as const;

	it.each([uriOf(RKEY), url(DID), RKEY])(
		'takes its rules on replies and quotes along: %s',
		async (post) => {
			const talk = loggedIn(...deleted);
			expect(await outcome(onPost('delete', post))).toEqual([{ id: uriOf(RKEY), deleted: true }]);
			const bodies = talk.requests.slice(2).map(({ body }) => body);
			expect(bodies).toEqual(
				['app.bsky.feed.post', 'app.bsky.feed.threadgate', 'app.bsky.feed.postgate'].map(
					(collection) => ({ repo: DID, collection, rkey: RKEY }),
				),
			);
			talk.done();
		},
	);

	it('knows the own account by its handle, too', async () => {
		const talk = loggedIn(['GET', AT.handle, 200, { did: DID }], ...deleted);
		expect(await outcome(onPost('delete', url('alice.test')))).toMatchObject([{ deleted: true }]);
		talk.done();
	});

	it('refuses a post of somebody else, of which the server would say that it is gone', async () => {
		const talk = loggedIn(['GET', AT.handle, 200, { did: BOB }]);
		const [{ error }] = await outcome(onPost('delete', url('bob.test')));
		expect(error).toMatchObject({
			code: 'validation_failed',
			rule: 'bluesky.post.author',
			message: expect.stringContaining(BOB),
		});
		talk.done();
		const other = loggedIn();
		expect(await outcome(onPost('delete', uriOf(RKEY, BOB)))).toMatchObject([{ error: {} }]);
		other.done();
	});
});

describe('posts of somebody else', () => {
	const view = (rkey: string, text: string, did = BOB): IDataObject => ({
		uri: uriOf(rkey, did),
		cid: `c-${rkey}`,
		author: { did },
		record: { text, createdAt: '2026-11-21T10:00:00.000Z' },
	});
	it('are listed without what their author only reposted', async () => {
		loggedIn();
		const feed = [
			{ post: view('3k3', 'Three') },
			{
				post: view('3k2', 'Of another', DID),
				reason: { $type: 'app.bsky.feed.defs#reasonRepost', by: { did: BOB } },
			},
			{ post: view('3k1', 'One'), reply: {} },
		];
		const path = '/xrpc/app.bsky.feed.getAuthorFeed';
		const index = conversation(VIEW, [
			['GET', path, 200, { feed: feed.slice(0, 2), cursor: 'more' }],
			['GET', path, 200, { feed: feed.slice(2) }],
		]);
		const list = { operation: 'getAll', author: BOB, returnAll: false, limit: 2, simplify: true };
		expect(await outcome(blueskyNode(list))).toMatchObject([
			{ id: uriOf('3k3', BOB), text: 'Three' },
			{ id: uriOf('3k1', BOB), text: 'One' },
		]);
		expect(index.requests.map(({ query }) => query)).toMatchObject([
			{ actor: BOB, limit: '2' },
			{ actor: BOB, limit: '1', cursor: 'more' },
		]);
		expect(index.requests[0].headers).not.toHaveProperty('authorization');
		index.done();
	});

	it('are read from the index of the network', async () => {
		loggedIn();
		const index = conversation(VIEW, [
			['GET', '/xrpc/app.bsky.feed.getPosts', 200, { posts: [view('3k1', 'One')] }],
			['GET', '/xrpc/app.bsky.feed.getPosts', 200, { posts: [] }],
		]);
		const post = uriOf('3k1', BOB);
		expect(await outcome(onPost('get', post))).toMatchObject([
			{ id: post, text: 'One', url: `https://bsky.app/profile/${BOB}/post/3k1` },
		]);
		loggedIn();
		expect(await outcome(onPost('get', post))).toMatchObject([{ error: { code: 'not_found' } }]);
		index.done();
	});
});

it('finds the lists of the account', async () => {
	loggedIn();
	const lists = [
		{ uri: 'at://did:plc:alice/app.bsky.graph.list/1', name: 'Friends' },
		{ uri: 'at://did:plc:alice/app.bsky.graph.list/2', name: 'Work' },
	];
	const index = conversation(VIEW, [['GET', '/xrpc/app.bsky.graph.getLists', 200, { lists }]]);
	const { searchLists } = new Bluesky().methods.listSearch;
	const form = blueskyNode({}).loadOptions() as unknown as ILoadOptionsFunctions;
	expect(await searchLists.call(form, 'frie')).toEqual({
		results: [{ name: 'Friends', value: lists[0].uri }],
	});
	expect(index.requests[0].query).toEqual({ actor: DID, limit: '100' });
});
