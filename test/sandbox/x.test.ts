import { startSandbox } from '.';
import { ask, outcome, type Answer } from './plainHttp';
import { actAs, call, data, post, sandbox, token } from './xSetup';

const detail = (answer: Answer) => (answer.body as { detail: string }).detail;

describe('posting', () => {
	it('publishes, reads back with t.co and escapes, lists in pages and deletes', async () => {
		const text = 'Fish & chips <3 https://example.com/menu';
		const made = await post({ text, reply_settings: 'following', made_with_ai: true });
		expect(made.status).toBe(201);
		expect(data(made).text).toMatch(/^Fish &amp; chips &lt;3 https:\/\/t\.co\/\w{10}$/);
		expect(made.headers.get('x-rate-limit-limit')).toBe('100');
		expect(sandbox.state.posts).toMatchObject([
			{ account: 'demo', text, options: { reply_settings: 'following', made_with_ai: true } },
		]);
		const one = await call(`/2/tweets/${data(made).id}`, {
			query: { 'tweet.fields': 'entities,created_at' },
		});
		expect(data(one)).toMatchObject({
			entities: { urls: [{ expanded_url: 'https://example.com/menu' }] },
		});
		for (const letter of 'bcdefg') await post({ text: letter });
		const me = data(await call('/2/users/me')).id;
		const pageOf = async (more: Record<string, string>) =>
			await call(`/2/users/${me}/tweets`, { query: { max_results: '5', ...more } });
		const first = (await pageOf({})).body as {
			data: Array<{ text: string }>;
			meta: { next_token: string };
		};
		expect(first.data.map((item) => item.text)).toEqual(['g', 'f', 'e', 'd', 'c']);
		const second = await pageOf({ pagination_token: first.meta.next_token });
		expect(second.body).toMatchObject({
			data: [{ text: 'b' }, { text: expect.stringMatching(/^Fish/) }],
		});
		expect((second.body as { meta: object }).meta).not.toHaveProperty('next_token');
		expect((await pageOf({ max_results: '4' })).status).toBe(400);
		const gone = `/2/tweets/${data(made).id}`;
		expect(data(await call(gone, { method: 'DELETE' }))).toEqual({ deleted: true });
		expect(await call(gone)).toMatchObject({
			status: 200,
			body: { errors: [{ title: 'Not Found Error' }] },
		});
		expect((await ask(sandbox.state.posts[0]!.url)).body).toContain('<pre>b</pre>');
	});

	it.each([
		['unknown field', { text: 'a', foo: 1 }],
		['everyone is no setting', { text: 'a', reply_settings: 'everyone' }],
		['number as id', { text: 'a', reply: { in_reply_to_tweet_id: 5 } }],
		['poll too short', { text: 'a', poll: { options: ['x', 'y'], duration_minutes: 4 } }],
		[
			'poll with media',
			{
				text: 'a',
				poll: { options: ['x', 'y'], duration_minutes: 5 },
				media: { media_ids: ['1'] },
			},
		],
		['nothing', {}],
		['unknown media', { text: 'a', media: { media_ids: ['12345'] } }],
		['five media', { text: 'a', media: { media_ids: ['1', '2', '3', '4', '5'] } }],
	])('400 for %s', async (_name, body) => {
		expect(await post(body)).toMatchObject({
			status: 400,
			body: { title: 'Invalid Request', errors: expect.any(Array) },
		});
		expect(sandbox.state.posts).toEqual([]);
	});

	it('weighs text the way twitter-text does', async () => {
		const fits = `${'字'.repeat(128)} https://example.com/${'x'.repeat(100)}`;
		expect((await post({ text: fits })).status).toBe(201);
		const over = await post({ text: `a${fits}` });
		expect(over.status).toBe(403);
		expect(detail(over)).toMatch(/^Your Tweet text is too long/);
		expect((await post({ text: 'buy $AAPL and $MSFT' })).status).toBe(403);
	});

	it('refuses duplicates of a text, but not for ever', async () => {
		await post({ text: 'same' });
		expect(detail(await post({ text: 'same' }))).toBe(
			'You are not allowed to create a Tweet with duplicate content.',
		);
		sandbox.clock.advance(25 * 3600_000);
		actAs(sandbox.issueToken().accessToken);
		expect((await post({ text: 'same' })).status).toBe(201);
	});

	it('lets own threads through and strangers only if they reached out', async () => {
		const own = data(await post({ text: '1' })).id;
		const replyTo = async (id: string, text: string) =>
			await post({ text, reply: { in_reply_to_tweet_id: id } });
		expect((await replyTo(own, '2')).status).toBe(201);
		const cold = sandbox.state.addPost({ account: 'stranger', text: 'hello' });
		const warm = sandbox.state.addPost({ account: 'stranger', text: 'hello @demo' });
		expect(await replyTo(cold.id, '3')).toMatchObject({
			status: 403,
			body: { type: expect.stringContaining('not-authorized-for-resource') },
		});
		expect((await replyTo(warm.id, '4')).status).toBe(201);
		expect((await post({ text: 'q', quote_tweet_id: warm.id })).status).toBe(403);
		expect((await post({ text: 'q', quote_tweet_id: own })).status).toBe(201);
		expect(detail(await replyTo('123', '5'))).toMatch(/deleted or not visible/);
	});

	it('edits for premium accounts only', async () => {
		const id = data(await post({ text: 'tpyo' })).id;
		const edit = { text: 'typo', edit_options: { previous_post_id: id } };
		expect((await post(edit)).status).toBe(403);
		const paid = await startSandbox('x', { premium: ['demo'] });
		const own = paid.issueToken().accessToken;
		const first = data(
			await ask(`${paid.url}/2/tweets`, { token: own, json: { text: 'x'.repeat(281) } }),
		).id;
		const json = { text: 'short', edit_options: { previous_post_id: first } };
		expect((await ask(`${paid.url}/2/tweets`, { token: own, json })).status).toBe(201);
		expect(paid.state.posts).toMatchObject([
			{ text: 'short', history: [first, expect.any(String)] },
		]);
		await paid.stop();
	});

	it('answers in the words it is asked in, and refuses those it does not know', async () => {
		const id = data(await post({ text: 'words' })).id;
		const read = async (url: string, name: string, signed: string) =>
			await ask(`${url}/2/tweets/${id}`, { token: signed, query: { [name]: 'public_metrics' } });
		const now = data<object>(await read(sandbox.url, 'post.fields', token));
		const before = data<object>(await read(sandbox.url, 'tweet.fields', token));
		expect(now).toMatchObject({ edit_history_post_ids: [id], public_metrics: { repost_count: 0 } });
		expect(before).toMatchObject({
			edit_history_tweet_ids: [id],
			public_metrics: { retweet_count: 0 },
		});
		const strict = await startSandbox('x', { postFields: 'tweet.fields' });
		const own = strict.issueToken().accessToken;
		expect(await read(strict.url, 'post.fields', own)).toMatchObject({
			status: 400,
			body: { errors: [{ message: expect.stringContaining('[post.fields]') }] },
		});
		await strict.stop();
	});

	it('shows on the profile of a community only what is shared', async () => {
		const [{ id: community_id }] = sandbox.state.communities;
		const inside = data(await post({ text: 'inside', community_id })).id;
		await post({ text: 'both', community_id, share_with_followers: true });
		await post({ text: 'answer', reply: { in_reply_to_tweet_id: inside } });
		const me = data(await call('/2/users/me')).id;
		const listed = data<Array<{ text: string }>>(await call(`/2/users/${me}/tweets`));
		expect(listed.map(({ text }) => text)).toEqual(['both']);
		expect(data(await call(`/2/tweets/${inside}`)).text).toBe('inside');
	});

	it('reposts and undoes it, searches communities', async () => {
		const id = data(await post({ text: 'a' })).id;
		const me = data(await call('/2/users/me')).id;
		expect(data(await call(`/2/users/${me}/retweets`, { json: { tweet_id: id } }))).toMatchObject({
			retweeted: true,
		});
		expect(sandbox.state.reposts).toEqual([{ account: 'demo', of: id }]);
		await call(`/2/users/${me}/retweets/${id}`, { method: 'DELETE' });
		expect(sandbox.state.reposts).toEqual([]);
		const found = await call('/2/communities/search', { query: { query: 'build' } });
		expect(data<unknown[]>(found)).toHaveLength(2);
		expect((await post({ text: 'b', community_id: '77' })).status).toBe(403);
	});
});

describe('faults', () => {
	it.each([
		['429', 429, 0],
		['5xx-before', 503, 0],
		['5xx-after', 503, 1],
		['cut-before', 'cut', 0],
		['cut-after', 'cut', 1],
		['expired-token', 401, 0],
		['revoked-token', 401, 0],
		['refused', 403, 0],
		['credits', 402, 0],
		['spend-cap', 403, 0],
		['duplicate', 403, 0],
		['parent-not-visible', 403, 0],
	] as const)('%s', async (kind, expected, held) => {
		sandbox.faults.next('publish', { kind });
		expect(await outcome(post({ text: 'a' }))).toBe(expected);
		expect(sandbox.state.posts).toHaveLength(held);
		expect(await outcome(post({ text: 'b' }))).toBe(kind.endsWith('-token') ? 401 : 201);
	});

	it('names the reset in unix seconds', async () => {
		sandbox.faults.next('publish', { kind: '429', retryAfter: 5 });
		const { headers } = await post({ text: 'a' });
		const seconds = Number(headers.get('x-rate-limit-reset')) - sandbox.clock.now() / 1000;
		expect(headers.get('x-rate-limit-remaining')).toBe('0');
		expect(seconds > 3 && seconds < 7).toBe(true);
	});

	it('delays and limits', async () => {
		sandbox.faults.latency(80, 'me');
		const from = Date.now();
		await call('/2/users/me');
		expect(Date.now() - from).toBeGreaterThanOrEqual(78);
		sandbox.faults.clear();
		for (let count = 1; count < 75; count += 1) await call('/2/users/me');
		expect((await call('/2/users/me')).status).toBe(429);
	});
});
