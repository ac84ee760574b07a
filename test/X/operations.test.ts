import type { IDataObject } from 'n8n-workflow';

import { conversation, type Line } from '../support/conversation';
import { ALICE, resultOf, xNode } from './setup';

const X = 'https://api.x.com';
const ID = '1146654567674912769';
const FIELDS =
	'created_at,conversation_id,entities,lang,note_post,public_metrics,reply_settings,community_id';
const me: Line = ['GET', '/2/users/me', 200, { data: { id: ALICE.id, username: ALICE.name } }];

const post = (value: string, mode = 'url') => ({ __rl: true, mode, value });
const full = (id: string) => ({
	id,
	text: 'Fish &amp; chips https://t.co/abc',
	created_at: '2026-11-21T10:00:00.000Z',
	conversation_id: '1',
	lang: 'en',
	public_metrics: { like_count: 2 },
	reply_settings: 'everyone',
	entities: { urls: [{ url: 'https://t.co/abc', expanded_url: 'https://example.com/menu' }] },
	edit_history_tweet_ids: [id],
});
const short = (id: string) => ({
	id,
	url: `https://x.com/i/web/status/${id}`,
	text: 'Fish & chips https://example.com/menu',
	createdAt: '2026-11-21T10:00:00.000Z',
	conversationId: '1',
	lang: 'en',
	replySettings: 'everyone',
	metrics: { like_count: 2 },
});

describe('Post: Get', () => {
	it('gives the short form of a post, or all of it', async () => {
		const line: Line = ['GET', `/2/tweets/${ID}`, 200, { data: full(ID) }];
		const talk = conversation(X, [line, line]);
		const get = async (simplify: boolean) =>
			await resultOf(
				xNode({ operation: 'get', post: post(`https://x.com/alice/status/${ID}?s=20`), simplify }),
			);
		expect(await get(true)).toEqual(short(ID));
		expect(await get(false)).toEqual(full(ID));
		expect(talk.requests.map(({ query }) => query)).toEqual([
			{ 'post.fields': FIELDS },
			{ 'post.fields': FIELDS },
		]);
		expect(talk.requests[0].headers.authorization).toBe('Bearer at-1');
		talk.done();
	});

	it.each(['note_post', 'note_tweet'])('gives the whole of a long text in %s', async (note) => {
		const long = {
			...full(ID),
			text: 'Much…',
			[note]: { text: 'Much longer &lt;3', entities: {} },
		};
		conversation(X, [['GET', `/2/tweets/${ID}`, 200, { data: long }]]);
		const found = await resultOf(xNode({ operation: 'get', post: post(ID, 'id') }));
		expect(found.text).toBe('Much longer <3');
	});

	const refusing = (name: string): Line => {
		const message = `The query parameter [${name}] is not one of [id,expansions]`;
		const errors = [{ parameters: { [name]: ['a'] }, message }];
		return ['GET', `/2/tweets/${ID}`, 400, { errors, title: 'Invalid Request' }];
	};
	const got = async () =>
		await resultOf(xNode({ operation: 'get', post: post(ID, 'id') }, { continueOnFail: true }));

	it('asks by the older name where X does not know the present one', async () => {
		const talk = conversation(X, [
			refusing('post.fields'),
			['GET', `/2/tweets/${ID}`, 200, { data: full(ID) }],
		]);
		expect(await got()).toEqual(short(ID));
		expect(talk.requests.map(({ query }) => query)).toEqual([
			{ 'post.fields': FIELDS },
			{ 'tweet.fields': FIELDS.replace('note_post', 'note_tweet') },
		]);
		talk.done();
	});

	it.each([
		['both names', [refusing('post.fields'), refusing('tweet.fields')]],
		['something else', [refusing('id')]],
	])('tells that X refuses %s', async (_what, lines) => {
		const talk = conversation(X, lines);
		expect((await got()).error).toMatchObject({ code: 'platform_rejected', httpStatus: 400 });
		talk.done();
	});

	it.each([
		[`https://x.com/i/web/status/${ID}`],
		[`https://twitter.com/alice/statuses/${ID}/photo/1`],
		[`https://x.com/alice/status/${ID}#m`],
		[` ${ID} `],
	])('reads the ID of %s', async (value) => {
		const talk = conversation(X, [['GET', `/2/tweets/${ID}`, 200, { data: full(ID) }]]);
		await resultOf(xNode({ operation: 'get', post: post(value) }));
		talk.done();
	});

	it('names an empty post', async () => {
		const node = xNode({ operation: 'get', post: post('') }, { continueOnFail: true });
		expect((await resultOf(node)).error).toMatchObject({ rule: 'x.post.empty' });
	});

	it.each(['https://x.com/alice', 'https://example.com/1', 'post'])(
		'asks nothing of X for "%s"',
		async (value) => {
			const node = xNode({ operation: 'get', post: post(value) }, { continueOnFail: true });
			expect((await resultOf(node)).error).toMatchObject({
				code: 'validation_failed',
				rule: 'x.post.address',
			});
		},
	);

	it('tells that there is no such post, which X answers with 200', async () => {
		const type = 'https://api.twitter.com/2/problems/resource-not-found';
		const errors = [{ title: 'Not Found Error', detail: 'Could not find post', type }];
		conversation(X, [['GET', `/2/tweets/${ID}`, 200, { errors }]]);
		const node = xNode({ operation: 'get', post: post(ID, 'id') }, { continueOnFail: true });
		expect((await resultOf(node)).error).toMatchObject({
			code: 'not_found',
			message: 'X: Could not find post',
		});
	});
});

describe('Post: Delete', () => {
	const remove = async () =>
		await resultOf(xNode({ operation: 'delete', post: post(ID, 'id') }, { continueOnFail: true }));

	it('deletes', async () => {
		const talk = conversation(X, [['DELETE', `/2/tweets/${ID}`, 200, { data: { deleted: true } }]]);
		expect(await remove()).toEqual({ id: ID, deleted: true });
		talk.done();
	});

	it('tells of a post of somebody else', async () => {
		const detail = 'You are not permitted to perform this action.';
		conversation(X, [['DELETE', `/2/tweets/${ID}`, 403, { title: 'Forbidden', detail }]]);
		expect((await remove()).error).toMatchObject({ code: 'permission_missing' });
	});
});

describe('Post: Get Many', () => {
	const pathOf = `/2/users/${ALICE.id}/tweets`;
	const page = (ids: string[], next_token?: string): Line => [
		'GET',
		pathOf,
		200,
		{ data: ids.map(full), meta: { ...(next_token && { next_token }) } },
	];
	const many = async (parameters: IDataObject) => {
		const [items] = await xNode({ operation: 'getAll', ...parameters }).run();
		return items.map(({ json }) => json);
	};

	it('pages to the end', async () => {
		const talk = conversation(X, [me, page(['4', '3'], 'n1'), page(['2', '1'])]);
		expect(await many({ returnAll: true })).toEqual(['4', '3', '2', '1'].map(short));
		const asked = { max_results: '100', 'post.fields': FIELDS };
		expect(talk.requests.map(({ query }) => query).slice(1)).toEqual([
			asked,
			{ ...asked, pagination_token: 'n1' },
		]);
		talk.done();
	});

	it('asks for no fewer than X gives, and gives no more than wanted', async () => {
		const talk = conversation(X, [me, page(['4', '3', '2', '1'], 'n1')]);
		const options = { limit: 3, exclude: ['replies', 'retweets'], simplify: false };
		expect(await many(options)).toEqual(['4', '3', '2'].map(full));
		expect(talk.requests[1].query).toEqual({
			max_results: '5',
			'post.fields': FIELDS,
			exclude: 'replies,retweets',
		});
		talk.done();
	});

	it('of an account without posts is nothing', async () => {
		const talk = conversation(X, [me, ['GET', pathOf, 200, { meta: { result_count: 0 } }]]);
		expect(await many({})).toEqual([]);
		talk.done();
	});
});
