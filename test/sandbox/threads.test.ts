import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '.';
import { ask, consent, mp4, outcome, png, sha256, type Answer } from './plainHttp';
import type { ThreadsState } from './threads/model';

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';
const APP = { client_id: 'threads-client', client_secret: 'threads-secret' };
const DAY = 24 * 3600_000;
const IMAGE = png(100, 80);
const FILM = mp4();

jest.setTimeout(60_000);

let files: Server;
let sandbox: Sandbox<ThreadsState>;
let token: string;

beforeAll(async () => {
	const served: Record<string, Buffer> = {
		'/a.png': IMAGE,
		'/b.mp4': FILM,
		'/wide.png': png(1100, 100),
		'/c.txt': Buffer.from('text'),
	};
	files = createServer((request, response) => {
		const body = served[request.url!.split('?')[0]!];
		response.writeHead(body ? 200 : 404).end(body);
	});
	await new Promise<void>((ready) => files.listen(0, '127.0.0.1', ready));
});

afterAll(() => void files.close());

beforeEach(async () => {
	const base = `http://127.0.0.1:${(files.address() as AddressInfo).port}/`;
	sandbox = await startSandbox('threads', { crawl: { 'https://n8n.example.com/': base } });
	token = sandbox.issueToken().accessToken;
});

afterEach(async () => await sandbox.stop());

const call = async (method: string, path: string, query: Record<string, string> = {}, as = token) =>
	await ask(`${sandbox.url}/v1.0${path}`, { method, query: { access_token: as, ...query } });
const id = (answer: Answer) => (answer.body as { id: string }).id;
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;
const container = async (query: Record<string, string>) => await call('POST', '/me/threads', query);
const publish = async (creation_id: string) =>
	await call('POST', '/me/threads_publish', { creation_id });
const status = async (one: string) =>
	(await call('GET', `/${one}`, { fields: 'status,error_message' })).body as {
		status: string;
		error_message?: string;
	};
const image = { media_type: 'IMAGE', image_url: 'https://n8n.example.com/a.png' };

describe('OAuth', () => {
	const query = {
		response_type: 'code',
		client_id: 'threads-client',
		redirect_uri: REDIRECT,
		scope: 'threads_basic,threads_content_publish',
		state: 's',
	};
	const connect = async () => {
		const back = await consent(`${sandbox.url}/oauth/authorize`, query);
		return {
			...APP,
			grant_type: 'authorization_code',
			redirect_uri: REDIRECT,
			code: back.searchParams.get('code')!,
		};
	};
	const trade = async (form: Record<string, string>) =>
		await ask(`${sandbox.url}/oauth/access_token`, { form });

	it('gives a short token, then a long one, then new ones after a day', async () => {
		const back = await consent(`${sandbox.url}/oauth/authorize`, query);
		expect(back.hash).toBe('#_');
		const form = await connect();
		const short = (await trade(form)).body as Record<string, string>;
		expect(Object.keys(short)).toEqual(['access_token', 'user_id']);
		expect(await trade(form)).toMatchObject({
			status: 400,
			body: { error_type: 'OAuthException', code: 400, error_message: expect.any(String) },
		});
		const exchange = async (access_token: string, client_secret = APP.client_secret) =>
			await ask(`${sandbox.url}/access_token`, {
				query: { grant_type: 'th_exchange_token', client_secret, access_token },
			});
		expect((await exchange(short.access_token!, 'no')).status).toBe(400);
		const long = await exchange(short.access_token!);
		expect(long).toMatchObject({
			status: 200,
			body: { token_type: 'bearer', expires_in: 5_184_000 },
		});
		const { access_token } = long.body as { access_token: string };
		const refresh = async (value: string) =>
			await ask(`${sandbox.url}/refresh_access_token`, {
				query: { grant_type: 'th_refresh_token', access_token: value },
			});
		expect((await refresh(access_token)).status).toBe(400);
		sandbox.clock.advance(DAY + 1000);
		expect(error(await exchange(short.access_token!))).toMatchObject({
			code: 190,
			error_subcode: 463,
		});
		const fresh = (await refresh(access_token)).body as { access_token: string };
		sandbox.clock.advance(59 * DAY);
		expect((await call('GET', '/me', {}, fresh.access_token)).status).toBe(200);
		expect(error(await refresh(access_token))).toMatchObject({ code: 190, error_subcode: 463 });
		expect(
			(await call('GET', '/debug_token', { input_token: access_token }, fresh.access_token)).body,
		).toMatchObject({
			data: { is_valid: false, scopes: ['threads_basic', 'threads_content_publish'] },
		});
	});

	it('turns down wrong redirects, clients and scopes', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/oauth/authorize`, { query: { ...query, ...more } })).status;
		expect([
			await page({}),
			await page({ redirect_uri: `${REDIRECT}/` }),
			await page({ scope: 'threads_content_publish' }),
		]).toEqual([200, 400, 400]);
		expect((await trade({ ...(await connect()), client_secret: 'no' })).status).toBe(400);
		expect((await trade({ ...(await connect()), redirect_uri: `${REDIRECT}/` })).status).toBe(400);
		const denied = await consent(`${sandbox.url}/oauth/authorize`, query, 'deny');
		expect(Object.fromEntries(denied.searchParams)).toMatchObject({
			error: 'access_denied',
			error_reason: 'user_denied',
			state: 's',
		});
		const client = { redirectUris: ['http://127.0.0.1:5678/callback'] };
		await expect(startSandbox('threads', { client })).rejects.toThrow('https redirect URIs only');
	});

	it('wants the scope of each endpoint', async () => {
		const reader = sandbox.issueToken({ scopes: ['threads_basic'] }).accessToken;
		const asReader = { media_type: 'TEXT', text: 'a' };
		expect(error(await call('POST', '/me/threads', asReader, reader))).toMatchObject({ code: 10 });
		expect(error(await call('GET', '/me', {}, 'nonsense'))).toMatchObject({ code: 190 });
		expect(await ask(`${sandbox.url}/me`)).toMatchObject({
			status: 400,
			body: { error: { code: 104 } },
		});
	});
});

describe('posting', () => {
	it('publishes text in two steps or one, from query, form or JSON', async () => {
		const made = id(
			await container({
				media_type: 'TEXT',
				text: 'one',
				topic_tag: 'n8n',
				reply_control: 'mentioned_only',
			}),
		);
		expect(await status(made)).toEqual({ id: made, status: 'FINISHED' });
		const published = id(await publish(made));
		expect(published).not.toBe(made);
		expect(await status(made)).toEqual({ id: made, status: 'PUBLISHED' });
		expect((await publish(made)).status).toBe(400);
		const bearer = { token };
		const form = { media_type: 'TEXT', text: 'two', auto_publish_text: 'true' };
		await ask(`${sandbox.url}/me/threads`, { ...bearer, form });
		await ask(`${sandbox.url}/v1.0/me/threads`, {
			...bearer,
			json: { ...form, text: 'three', auto_publish_text: true },
		});
		expect(sandbox.state.posts).toMatchObject([
			{
				id: published,
				text: 'one',
				options: { topic_tag: 'n8n', reply_control: 'mentioned_only' },
			},
			{ text: 'two' },
			{ text: 'three' },
		]);
		const { permalink } = (
			await call('GET', `/${published}`, { fields: 'id,permalink,shortcode,timestamp' })
		).body as { permalink: string };
		expect((await ask(permalink)).body).toContain('<pre>one</pre>');
		expect(error(await call('GET', `/${published}`, { fields: 'status' }))).toMatchObject({
			code: 100,
			type: 'THApiException',
		});
	});

	it('fetches images and videos itself and makes a carousel of them', async () => {
		const first = id(
			await container({ ...image, is_carousel_item: 'true', alt_text: 'a picture' }),
		);
		const second = id(
			await container({
				media_type: 'VIDEO',
				video_url: 'https://n8n.example.com/b.mp4?sig=1',
				is_carousel_item: 'true',
			}),
		);
		const parent = { media_type: 'CAROUSEL', children: `${first},${second}`, text: 'both' };
		expect((await container(parent)).status).toBe(400);
		for (const one of [first, second]) {
			expect((await status(one)).status).toBe('IN_PROGRESS');
			while ((await status(one)).status === 'IN_PROGRESS');
			expect((await status(one)).status).toBe('FINISHED');
		}
		const whole = id(await container(parent));
		expect(error(await publish(whole))).toMatchObject({ code: 24, error_subcode: 4_279_009 });
		await status(whole);
		expect((await publish(whole)).status).toBe(200);
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ sha256: sha256(IMAGE), alt: 'a picture', type: 'image/png', width: 100 },
			{ sha256: sha256(FILM), length: FILM.length, type: 'video/mp4' },
		]);
		expect(sandbox.state.fetched).toMatchObject([
			{ url: image.image_url, status: 200, from: expect.stringContaining('127.0.0.1') },
			{ url: 'https://n8n.example.com/b.mp4?sig=1', status: 200 },
		]);
	});

	it('fetches from nowhere private and tells what it could not use', async () => {
		for (const image_url of [
			'http://127.0.0.1:1/a.png',
			'https://127.0.0.1/a.png',
			'https://localhost/a.png',
			'https://10.1.2.3/a',
			'https://nas.local/a',
			'https://n8n.example.com/missing.png',
		])
			expect(error(await container({ ...image, image_url }))).toMatchObject({
				code: 1,
				error_subcode: 2_207_052,
			});
		expect(sandbox.state.fetched.map(({ refused }) => refused)).toEqual([
			'not https',
			'private host 127.0.0.1',
			'private host localhost',
			'private host 10.1.2.3',
			'private host nas.local',
			'answered 404',
		]);
		const ending = async (query: Record<string, string>) => {
			const one = id(await container(query));
			let seen = await status(one);
			for (let reads = 0; seen.status === 'IN_PROGRESS' && reads < 50; reads += 1)
				seen = await status(one);
			return seen;
		};
		expect(await ending({ ...image, image_url: 'https://n8n.example.com/wide.png' })).toMatchObject(
			{ status: 'ERROR', error_message: 'INVALID_ASPEC_RATIO' },
		);
		expect(
			await ending({ media_type: 'VIDEO', video_url: 'https://n8n.example.com/none.mp4' }),
		).toMatchObject({ error_message: 'FAILED_DOWNLOADING_VIDEO' });
		expect(
			await ending({ media_type: 'VIDEO', video_url: 'https://n8n.example.com/c.txt' }),
		).toMatchObject({ error_message: 'FAILED_PROCESSING_VIDEO' });
	});

	it.each([
		['REELS', { media_type: 'REELS', video_url: 'https://n8n.example.com/b.mp4' }],
		['501 characters', { media_type: 'TEXT', text: 'x'.repeat(501) }],
		['emoji counted in bytes', { media_type: 'TEXT', text: '😀'.repeat(126) }],
		['link on an image', { ...image, link_attachment: 'https://example.com' }],
		[
			'six links',
			{
				media_type: 'TEXT',
				text: [1, 2, 3, 4, 5, 6].map((n) => `https://example.com/${n}`).join(' '),
			},
		],
		['topic with a dot', { media_type: 'TEXT', text: 'a', topic_tag: 'a.b' }],
		['unknown reply control', { media_type: 'TEXT', text: 'a', reply_control: 'nobody' }],
		['poll of one', { media_type: 'TEXT', text: 'a', poll_attachment: '{"option_a":"x"}' }],
		[
			'poll beside a link',
			{
				media_type: 'TEXT',
				text: 'a',
				link_attachment: 'https://example.com',
				poll_attachment: '{"option_a":"x","option_b":"y"}',
			},
		],
		['no text', { media_type: 'TEXT' }],
		['answer to nothing', { media_type: 'TEXT', text: 'a', reply_to_id: '123' }],
		[
			'country without the feature',
			{ media_type: 'TEXT', text: 'a', allowlisted_country_codes: 'DE' },
		],
	])('refuses %s', async (_name, query) => {
		expect(error(await container(query as Record<string, string>))).toMatchObject({ code: 100 });
		expect(sandbox.state.containers).toEqual([]);
	});

	it('expires containers after a day', async () => {
		const made = id(await container({ media_type: 'TEXT', text: 'late' }));
		sandbox.clock.advance(DAY);
		expect((await status(made)).status).toBe('EXPIRED');
		expect(error(await publish(made))).toMatchObject({ code: 24 });
	});
});

describe('reading', () => {
	const text = async (words: string, more: Record<string, string> = {}) =>
		id(await container({ media_type: 'TEXT', text: words, auto_publish_text: 'true', ...more }));

	it('pages own posts, with a next that carries the token', async () => {
		for (const words of ['1', '2', '3', '4', '5']) await text(words);
		const texts: string[] = [];
		let after: string | undefined = '';
		while (after !== undefined) {
			const { body } = await call('GET', '/me/threads', {
				fields: 'text',
				limit: '2',
				...(after && { after }),
			});
			const { data, paging } = body as {
				data: Array<{ text: string }>;
				paging: { cursors: { after: string }; next?: string };
			};
			texts.push(...data.map((post) => post.text));
			after = paging.next && paging.cursors.after;
			if (paging.next) expect(new URL(paging.next).searchParams.get('access_token')).toBe(token);
		}
		expect(texts).toEqual(['5', '4', '3', '2', '1']);
	});

	it('shows replies and conversation, quotas, quotes, reposts, and deletes', async () => {
		const root = await text('root');
		const answer = await text('answer', { reply_to_id: root });
		const deep = await text('deep', { reply_to_id: answer });
		const stranger = sandbox.state.addPost({ account: 'stranger', text: 'far' });
		const writer = sandbox.issueToken({
			scopes: ['threads_basic', 'threads_content_publish'],
		}).accessToken;
		const cold = { media_type: 'TEXT', text: 'cold', reply_to_id: stranger.id };
		expect(error(await call('POST', '/me/threads', cold, writer))).toMatchObject({ code: 10 });
		const ids = async (path: string) =>
			(
				(await call('GET', path, { reverse: 'false' })).body as { data: Array<{ id: string }> }
			).data.map((one) => one.id);
		expect(await ids(`/${root}/replies`)).toEqual([answer]);
		expect(await ids(`/${root}/conversation`)).toEqual([answer, deep]);
		expect(await ids('/me/replies')).toEqual([deep, answer]);
		await text('look', { quote_post_id: stranger.id });
		expect((await call('POST', `/${stranger.id}/repost`)).status).toBe(200);
		const limit = await call('GET', '/me/threads_publishing_limit', {
			fields: 'quota_usage,config,reply_quota_usage',
		});
		expect(limit.body).toEqual({
			data: [
				{
					quota_usage: 2,
					config: { quota_total: 250, quota_duration: 86_400 },
					reply_quota_usage: 2,
				},
			],
		});
		expect((await call('DELETE', `/${root}`)).body).toEqual({ success: true, deleted_id: root });
		expect(error(await call('DELETE', `/${root}`))).toMatchObject({ code: 100, error_subcode: 33 });
	});
});

describe('faults', () => {
	it.each([
		['429', 403, 4, 0],
		['5xx-before', 503, 2, 0],
		['5xx-after', 503, 2, 1],
		['cut-before', 'cut', undefined, 0],
		['cut-after', 'cut', undefined, 1],
		['expired-token', 400, 190, 0],
		['revoked-token', 400, 190, 0],
		['refused', 400, 100, 0],
		['not-visible-yet', 400, 24, 0],
		['unknown', 500, 1, 0],
	] as const)('%s', async (kind, expected, code, held) => {
		const made = id(await container({ media_type: 'TEXT', text: 'a' }));
		sandbox.faults.next('publish', { kind });
		const answer = publish(made);
		expect(await outcome(answer)).toBe(expected);
		if (code) expect(error(await answer)).toMatchObject({ code });
		expect(sandbox.state.posts).toHaveLength(held);
		const again = await publish(made);
		expect(again.status).toBe(held || kind.endsWith('-token') ? 400 : 200);
	});

	it('slow processing and refused media', async () => {
		sandbox.faults.next(
			'container',
			{ kind: 'slow-processing', polls: 2 },
			{ kind: 'media-refused' },
			{ kind: 'media-refused', late: true },
		);
		const slow = id(await container({ media_type: 'TEXT', text: 'a' }));
		const states = [await status(slow), await status(slow), await status(slow)].map(
			(one) => one.status,
		);
		expect(states).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'FINISHED']);
		expect(error(await container(image))).toMatchObject({ code: 1, error_subcode: 2_207_052 });
		const late = id(await container(image));
		await status(late);
		expect(await status(late)).toMatchObject({ status: 'ERROR' });
	});
});
