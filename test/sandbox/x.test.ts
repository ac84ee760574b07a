import { startSandbox, type Sandbox } from '.';
import {
	ask,
	basic,
	consent,
	formOf,
	mp4,
	outcome,
	pkce,
	png,
	sha256,
	type Answer,
} from './plainHttp';
import type { XState } from './x/model';

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const CLIENT = basic('x-client', 'x-secret');
const MIB = 1024 * 1024;

jest.setTimeout(60_000);

let sandbox: Sandbox<XState>;
let token: string;

beforeEach(async () => {
	sandbox = await startSandbox('x');
	token = sandbox.issueToken().accessToken;
});

afterEach(async () => await sandbox.stop());

const call = async (path: string, asked: Parameters<typeof ask>[1] = {}) =>
	await ask(sandbox.url + path, { token, ...asked });
const post = async (json: unknown) => await call('/2/tweets', { json });
const data = <T = { id: string; text: string }>(answer: Answer) =>
	(answer.body as { data: T }).data;
const detail = (answer: Answer) => (answer.body as { detail: string }).detail;

describe('OAuth', () => {
	const query = (challenge: string) => ({
		response_type: 'code',
		client_id: 'x-client',
		redirect_uri: REDIRECT,
		scope: 'tweet.read tweet.write users.read offline.access',
		state: 's',
		code_challenge: challenge,
		code_challenge_method: 'S256',
	});

	const connect = async () => {
		const { verifier, challenge } = pkce();
		const back = await consent(`${sandbox.url}/i/oauth2/authorize`, query(challenge));
		const code = back.searchParams.get('code')!;
		return {
			grant_type: 'authorization_code',
			code,
			redirect_uri: REDIRECT,
			code_verifier: verifier,
		};
	};
	const trade = async (form: Record<string, string>, headers: Record<string, string> = CLIENT) =>
		await ask(`${sandbox.url}/2/oauth2/token`, { form, headers });

	it('wants the Basic header, the verifier and half a minute at most', async () => {
		const form = await connect();
		const inBody = { ...form, client_id: 'x-client', client_secret: 'x-secret' };
		expect(await trade(inBody, {})).toMatchObject({
			status: 401,
			body: {
				error: 'unauthorized_client',
				error_description: 'Missing valid authorization header',
			},
		});
		expect(await trade(form)).toMatchObject({
			status: 200,
			body: {
				token_type: 'bearer',
				expires_in: 7200,
				scope: query('').scope,
				refresh_token: expect.any(String),
			},
		});
		expect(await trade(form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
		expect((await trade({ ...(await connect()), code_verifier: 'no' })).status).toBe(400);
		const late = await connect();
		sandbox.clock.advance(31_000);
		expect((await trade(late)).status).toBe(400);
	});

	it('shows a page instead of asking when the request is wrong', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/i/oauth2/authorize`, { query: { ...query('c'), ...more } }))
				.status;
		expect(await page({})).toBe(200);
		expect(await page({ redirect_uri: `${REDIRECT}/` })).toBe(400);
		expect(await page({ code_challenge: '' })).toBe(400);
		expect(await page({ scope: 'tweet.read,tweet.write' })).toBe(400);
		const denied = await consent(`${sandbox.url}/i/oauth2/authorize`, query('c'), 'deny');
		expect([...denied.searchParams]).toEqual([
			['error', 'access_denied'],
			['state', 's'],
		]);
	});

	it('rotates refresh tokens and ends the family when one is used twice', async () => {
		const first = (await trade(await connect())).body as Record<string, string>;
		sandbox.clock.advance(7200_000);
		const as = async (access: string) =>
			(await ask(`${sandbox.url}/2/users/me`, { token: access })).status;
		expect(await as(first.access_token!)).toBe(401);
		const refresh = async (value: string) =>
			await trade({ grant_type: 'refresh_token', refresh_token: value });
		const second = (await refresh(first.refresh_token!)).body as Record<string, string>;
		expect(await as(second.access_token!)).toBe(200);
		expect(await refresh(first.refresh_token!)).toMatchObject({
			status: 400,
			body: {
				error: 'invalid_request',
				error_description: 'Value passed for the token was invalid.',
			},
		});
		expect(await as(second.access_token!)).toBe(401);
		expect((await refresh(second.refresh_token!)).status).toBe(400);
	});

	it('tells scopes, app tokens and revoked tokens apart', async () => {
		const reader = sandbox.issueToken({ scopes: ['tweet.read', 'users.read'] }).accessToken;
		expect(
			await ask(`${sandbox.url}/2/tweets`, { token: reader, json: { text: 'a' } }),
		).toMatchObject({
			status: 403,
			body: { detail: 'You are not permitted to perform this action.' },
		});
		const app = sandbox.issueToken({ kind: 'app' }).accessToken;
		expect(await ask(`${sandbox.url}/2/tweets`, { token: app, json: { text: 'a' } })).toMatchObject(
			{
				status: 403,
				body: { title: 'Unsupported Authentication' },
			},
		);
		await ask(`${sandbox.url}/2/oauth2/revoke`, { form: { token }, headers: CLIENT });
		expect(await post({ text: 'a' })).toMatchObject({
			status: 401,
			body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
		});
	});
});

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
		token = sandbox.issueToken().accessToken;
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

describe('media', () => {
	const start = async (type: string, category: string, total: number) =>
		data(
			await call('/2/media/upload/initialize', {
				json: { media_type: type, media_category: category, total_bytes: total },
			}),
		).id;
	const append = async (id: string, index: number, bytes: Uint8Array) =>
		await call(`/2/media/upload/${id}/append`, {
			form: formOf({
				segment_index: String(index),
				media: [bytes, 'application/octet-stream', 'blob'],
			}),
		});
	const finalize = async (id: string) =>
		await call(`/2/media/upload/${id}/finalize`, { method: 'POST' });
	const state = async (id: string) =>
		data<{ processing_info: { state: string } }>(
			await call('/2/media/upload', { query: { command: 'STATUS', media_id: id } }),
		).processing_info.state;

	it('takes a video in segments, in any near order, by multipart and JSON', async () => {
		const film = mp4(2.5 * MIB);
		const id = await start('video/mp4', 'tweet_video', film.length);
		const part = (index: number) => film.subarray(index * MIB, (index + 1) * MIB);
		expect((await append(id, 0, part(0))).status).toBe(200);
		const json = { segment_index: 2, media: part(2).toString('base64') };
		expect((await call(`/2/media/upload/${id}/append`, { json })).status).toBe(200);
		expect((await finalize(id)).status).toBe(400);
		await append(id, 1, part(1));
		await append(id, 1, part(1));
		const done = await finalize(id);
		expect(data(done)).toMatchObject({
			size: film.length,
			processing_info: { state: 'pending', check_after_secs: 1 },
		});
		expect((await post({ text: 'early', media: { media_ids: [id] } })).status).toBe(400);
		expect([await state(id), await state(id)]).toEqual(['in_progress', 'succeeded']);
		expect((await post({ text: 'film', media: { media_ids: [id] } })).status).toBe(201);
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ length: film.length, sha256: sha256(film), type: 'video/mp4' },
		]);
	});

	it('turns large segments away with an empty 413', async () => {
		const id = await start('video/mp4', 'tweet_video', 10 * MIB);
		expect(await append(id, 0, mp4(5 * MIB))).toMatchObject({ status: 413, body: '' });
		expect((await append(id, 0, mp4(2 * MIB - 24))).status).toBe(200);
	});

	it('takes an image in one go, with alt text, for its owner only', async () => {
		const bytes = png(8, 9);
		const up = await call('/2/media/upload', {
			form: formOf({ media: [bytes, 'image/png', 'a.png'], media_category: 'tweet_image' }),
		});
		const { id } = data(up);
		expect(data(up)).toMatchObject({
			size: bytes.length,
			image: { w: 8, h: 9, image_type: 'image/png' },
		});
		const json = { id, metadata: { alt_text: { text: 'a square' } } };
		expect((await call('/2/media/metadata', { json })).status).toBe(200);
		expect((await call('/2/media/metadata', { json: { media_id: id } })).status).toBe(400);
		const other = sandbox.issueToken({ account: 'second' }).accessToken;
		const body = { media: { media_ids: [id] } };
		expect((await ask(`${sandbox.url}/2/tweets`, { token: other, json: body })).status).toBe(403);
		const made = await post(body);
		expect(data(made).text).toMatch(/^https:\/\/t\.co\//);
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ alt: 'a square', sha256: sha256(bytes) },
		]);
		sandbox.clock.advance(25 * 3600_000);
		token = sandbox.issueToken().accessToken;
		expect((await post({ text: 'old', media: { media_ids: [id] } })).status).toBe(400);
	});

	it('fails what it cannot read and keeps kinds apart', async () => {
		const id = await start('video/mp4', 'tweet_video', 100);
		await append(id, 0, Buffer.alloc(100, 1));
		await finalize(id);
		await state(id);
		expect(await state(id)).toBe('failed');
		expect(
			(
				await call('/2/media/upload/initialize', {
					json: { media_type: 'image/png', media_category: 'tweet_image', total_bytes: 6 * MIB },
				})
			).status,
		).toBe(400);
		const image = async () => {
			const form = formOf({ media: [png(), 'image/png', 'a.png'], media_category: 'tweet_image' });
			return data(await call('/2/media/upload', { form })).id;
		};
		const film = mp4();
		const video = await start('video/mp4', 'tweet_video', film.length);
		await append(video, 0, film);
		await finalize(video);
		await state(video);
		await state(video);
		expect((await post({ media: { media_ids: [await image(), video] } })).status).toBe(400);
		expect((await post({ media: { media_ids: [await image(), await image()] } })).status).toBe(201);
	});

	it('slow processing and late refusal on demand', async () => {
		const film = mp4();
		sandbox.faults.next(
			'upload.finalize',
			{ kind: 'slow-processing', polls: 2 },
			{ kind: 'media-refused', late: true },
		);
		const run = async () => {
			const id = await start('video/mp4', 'tweet_video', film.length);
			await append(id, 0, film);
			await finalize(id);
			return [await state(id), await state(id), await state(id)];
		};
		expect(await run()).toEqual(['in_progress', 'in_progress', 'succeeded']);
		expect(await run()).toEqual(['in_progress', 'failed', 'failed']);
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
