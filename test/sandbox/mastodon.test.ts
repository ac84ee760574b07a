import { startSandbox, type Sandbox } from '.';
import type { MastodonState } from './mastodon/model';
import { ask, consent, formOf, mp4, outcome, pkce, png, sha256, type Answer } from './plainHttp';

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';

jest.setTimeout(60_000);

let sandbox: Sandbox<MastodonState>;
let token: string;
let api: string;

beforeEach(async () => {
	sandbox = await startSandbox('mastodon');
	token = sandbox.issueToken().accessToken;
	api = `${sandbox.url}/api/v1`;
});

afterEach(async () => await sandbox.stop());

const post = async (json: unknown, headers: Record<string, string> = {}) =>
	await ask(`${api}/statuses`, { token, json, headers });

const upload = async (bytes: Buffer, type: string, more: Record<string, string> = {}) =>
	await ask(`${sandbox.url}/api/v2/media`, {
		token,
		form: formOf({ file: [bytes, type, 'a'], ...more }),
	});

const id = (answer: Answer) => (answer.body as { id: string }).id;

describe('OAuth', () => {
	const registered = async () =>
		(
			await ask(`${api}/apps`, {
				json: { client_name: 'mine', redirect_uris: REDIRECT, scopes: 'read write:statuses' },
			})
		).body as { client_id: string; client_secret: string };

	const connect = async (scope: string, challenge?: string) => {
		const { client_id, client_secret } = await registered();
		const back = await consent(`${sandbox.url}/oauth/authorize`, {
			response_type: 'code',
			client_id,
			redirect_uri: REDIRECT,
			scope,
			state: 's1',
			...(challenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
		});
		const code = back.searchParams.get('code')!;
		return {
			back,
			form: {
				grant_type: 'authorization_code',
				client_id,
				client_secret,
				redirect_uri: REDIRECT,
				code,
			},
		};
	};

	it('registers an app, asks the user and trades the code for a lasting token', async () => {
		const { verifier, challenge } = pkce();
		const { back, form } = await connect('write:statuses', challenge);
		expect(back.origin + back.pathname).toBe(REDIRECT);
		expect(back.searchParams.get('state')).toBe('s1');
		expect(
			await ask(`${sandbox.url}/oauth/token`, { form: { ...form, code_verifier: 'wrong' } }),
		).toMatchObject({
			status: 400,
			body: { error: 'invalid_grant' },
		});
		const again = await connect('write:statuses', challenge);
		const answer = await ask(`${sandbox.url}/oauth/token`, {
			form: { ...again.form, code_verifier: verifier },
		});
		expect(answer).toMatchObject({
			status: 200,
			body: { token_type: 'Bearer', scope: 'write:statuses' },
		});
		expect(answer.body).not.toHaveProperty('expires_in');
		const { access_token } = answer.body as { access_token: string };
		sandbox.clock.advance(400 * 24 * 3600_000);
		expect(
			(await ask(`${api}/statuses`, { token: access_token, json: { status: 'hi' } })).status,
		).toBe(200);
		expect(await ask(`${api}/accounts/verify_credentials`, { token: access_token })).toMatchObject({
			status: 403,
			body: { error: 'This action is outside the authorized scopes' },
		});
		const { client_id, client_secret } = form;
		const gone = await ask(`${sandbox.url}/oauth/revoke`, {
			form: {
				client_id: again.form.client_id,
				client_secret: again.form.client_secret,
				token: access_token,
			},
		});
		expect(gone).toMatchObject({ status: 200, body: {} });
		expect(
			(await ask(`${api}/statuses`, { token: access_token, json: { status: 'hi' } })).status,
		).toBe(401);
		const foreign = { client_id, client_secret, token: access_token };
		expect((await ask(`${sandbox.url}/oauth/revoke`, { form: foreign })).status).toBe(403);
	});

	it('turns down wrong clients, redirects, scopes and reused codes', async () => {
		const { form } = await connect('read');
		const wrong = { ...form, client_secret: 'no' };
		expect(await ask(`${sandbox.url}/oauth/token`, { form: wrong })).toMatchObject({
			status: 401,
			body: { error: 'invalid_client' },
		});
		expect((await ask(`${sandbox.url}/oauth/token`, { form })).status).toBe(200);
		expect((await ask(`${sandbox.url}/oauth/token`, { form })).status).toBe(400);
		const query = { response_type: 'code', client_id: form.client_id, scope: 'read' };
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/oauth/authorize`, { query: { ...query, ...more } })).status;
		expect(await page({ redirect_uri: REDIRECT })).toBe(200);
		expect(await page({ redirect_uri: `${REDIRECT}/` })).toBe(400);
		expect(await page({ redirect_uri: REDIRECT, scope: 'write' })).toBe(400);
		expect(await page({ redirect_uri: REDIRECT, client_id: 'nobody' })).toBe(401);
		const denied = await consent(
			`${sandbox.url}/oauth/authorize`,
			{ ...query, redirect_uri: REDIRECT },
			'deny',
		);
		expect(denied.searchParams.get('error')).toBe('access_denied');
	});
});

describe('posting', () => {
	it('publishes text with everything asked for', async () => {
		const answer = await post({
			status: 'Hello <b> https://example.com/a',
			spoiler_text: 'careful',
			visibility: 'unlisted',
			language: 'de',
			poll: { options: ['yes', 'no'], expires_in: 600, multiple: true },
		});
		expect(answer).toMatchObject({
			status: 200,
			body: {
				visibility: 'unlisted',
				sensitive: true,
				spoiler_text: 'careful',
				language: 'de',
				poll: { multiple: true },
			},
		});
		expect(sandbox.state.posts).toMatchObject([
			{
				account: 'demo',
				text: 'Hello <b> https://example.com/a',
				options: { poll: { options: ['yes', 'no'] } },
			},
		]);
		const page = await ask((answer.body as { url: string }).url);
		expect(page.body).toContain('Hello &lt;b&gt; https://example.com/a');
		expect(answer.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-.*\.\d{6}Z$/);
	});

	it('counts links as 23, mentions without host and emoji as one', async () => {
		const link = `https://example.com/${'x'.repeat(300)}`;
		const fits = `${link} @someone@a.very.long.host.example ${'👨‍👩‍👧‍👦'.repeat(500 - 23 - 10)}`;
		expect((await post({ status: fits })).status).toBe(200);
		expect(await post({ status: `${fits}a` })).toMatchObject({
			status: 422,
			body: { error: 'Validation failed: Text character limit of 500 exceeded' },
		});
		expect((await post({ status: 'a'.repeat(490), spoiler_text: 'b'.repeat(11) })).status).toBe(
			422,
		);
		expect((await post({ status: ' ' })).body).toEqual({
			error: "Validation failed: Text can't be blank",
		});
	});

	it('keeps an Idempotency-Key for one hour', async () => {
		const headers = { 'Idempotency-Key': 'k1' };
		const first = await post({ status: 'once' }, headers);
		const second = await post({ status: 'once' }, headers);
		expect(id(second)).toBe(id(first));
		sandbox.clock.advance(3600_001);
		expect(id(await post({ status: 'once' }, headers))).not.toBe(id(first));
		expect(sandbox.state.posts).toHaveLength(2);
	});

	it('schedules, ignores the key there, lists, moves, cancels and publishes in time', async () => {
		const at = (minutes: number) => new Date(sandbox.clock.now() + minutes * 60_000).toISOString();
		const headers = { 'Idempotency-Key': 'k2' };
		const first = await post({ status: 'later', scheduled_at: at(10) }, headers);
		const second = await post({ status: 'later', scheduled_at: at(20) }, headers);
		expect(id(second)).not.toBe(id(first));
		expect((await post({ status: 'soon', scheduled_at: at(4) })).status).toBe(422);
		expect(sandbox.state.posts).toEqual([]);
		expect((await ask(`${api}/scheduled_statuses`, { token })).body).toMatchObject([
			{ id: id(second) },
			{ id: id(first) },
		]);
		await ask(`${api}/scheduled_statuses/${id(second)}`, { method: 'DELETE', token });
		await ask(`${api}/scheduled_statuses/${id(first)}`, {
			method: 'PUT',
			token,
			json: { scheduled_at: at(30) },
		});
		sandbox.clock.advance(29 * 60_000);
		expect(sandbox.state.posts).toEqual([]);
		sandbox.clock.advance(2 * 60_000);
		expect(sandbox.state.posts).toMatchObject([{ text: 'later' }]);
	});

	it('takes media through processing to a post, in order', async () => {
		const bytes = png(640, 480);
		const image = await upload(bytes, 'image/png', { description: 'a cat', focus: '0.5,-0.25' });
		expect(image).toMatchObject({ status: 200, body: { type: 'image', description: 'a cat' } });
		const film = await upload(mp4(), 'video/mp4');
		expect(film).toMatchObject({ status: 202, body: { type: 'video', url: null } });
		expect((await post({ status: 'early', media_ids: [id(film)] })).body).toEqual({
			error: 'Cannot attach files that have not finished processing. Try again in a moment!',
		});
		const state = async () => (await ask(`${api}/media/${id(film)}`, { token })).status;
		expect([await state(), await state()]).toEqual([206, 200]);
		expect((await post({ status: 'mixed', media_ids: [id(image), id(film)] })).status).toBe(422);
		const second = await upload(png(1, 1), 'image/png');
		expect((await post({ media_ids: [id(second), id(image)] })).status).toBe(200);
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ id: id(second) },
			{
				id: id(image),
				alt: 'a cat',
				sha256: sha256(bytes),
				length: bytes.length,
				width: 640,
				focus: { x: 0.5, y: -0.25 },
			},
		]);
		expect((await ask(`${api}/media/${id(image)}`, { token })).status).toBe(404);
		expect((await upload(Buffer.from('no image'), 'image/png')).status).toBe(422);
		expect((await post({ status: 'again', media_ids: [id(image)] })).status).toBe(422);
	});

	it('takes forms with nested names', async () => {
		const form = new FormData();
		for (const [name, value] of [
			['status', 'form'],
			['poll[options][]', 'a'],
			['poll[options][]', 'b'],
			['poll[expires_in]', '300'],
		] as const)
			form.append(name, value);
		await ask(`${api}/statuses`, { token, form });
		expect(sandbox.state.posts[0]!.options.poll).toMatchObject({ options: ['a', 'b'] });
	});

	it('edits, boosts, quotes, shows context and source, deletes', async () => {
		const first = await post({ status: 'one' });
		const reply = await post({ status: 'two', in_reply_to_id: id(first) });
		const quote = await post({ status: 'look', quoted_status_id: id(first) });
		expect(quote.body).toMatchObject({
			quote: { state: 'accepted', quoted_status: { id: id(first) } },
		});
		expect((await post({ status: 'x', in_reply_to_id: '1' })).body).toEqual({
			error: 'The post you are trying to reply to does not appear to exist.',
		});
		const at = `${api}/statuses/${id(first)}`;
		expect((await ask(`${at}/context`)).body).toMatchObject({
			ancestors: [],
			descendants: [{ id: id(reply) }],
		});
		await ask(at, { method: 'PUT', token, json: { status: 'one, edited' } });
		expect((await ask(`${at}/source`, { token })).body).toEqual({
			id: id(first),
			text: 'one, edited',
			spoiler_text: '',
		});
		expect((await ask(`${at}/reblog`, { method: 'POST', token })).body).toMatchObject({
			reblog: { id: id(first) },
		});
		expect((await ask(`${at}/unreblog`, { method: 'POST', token })).body).toMatchObject({
			reblogged: false,
		});
		const other = sandbox.issueToken({ account: 'second' }).accessToken;
		expect((await ask(at, { method: 'DELETE', token: other })).status).toBe(404);
		expect((await ask(at, { method: 'DELETE', token })).body).toMatchObject({
			text: 'one, edited',
		});
		expect((await ask(at, { method: 'DELETE', token })).status).toBe(404);
		expect(sandbox.state.posts).toHaveLength(2);
	});
});

describe('reading', () => {
	it('pages the posts of an account through Link headers', async () => {
		for (const status of ['1', '2', '3', '4', '5']) await post({ status });
		const { id: me } = (await ask(`${api}/accounts/verify_credentials`, { token })).body as {
			id: string;
		};
		const texts: string[] = [];
		let next: string | undefined = `${api}/accounts/${me}/statuses?limit=2`;
		while (next) {
			const { body, headers }: Answer = await ask(next, { token });
			texts.push(...(body as Array<{ content: string }>).map(({ content }) => content));
			next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
		}
		expect(texts).toEqual(['5', '4', '3', '2', '1'].map((text) => `<p>${text}</p>`));
	});

	it("finds another server's post by resolving its address", async () => {
		const url = 'https://other.example/@bob/99';
		const { id: foreign } = sandbox.state.addPost({
			account: 'bob@other.example',
			text: 'far',
			url,
		});
		const search = sandbox.issueToken({ scopes: ['read'] }).accessToken;
		const look = async (resolve: string) =>
			(
				await ask(`${sandbox.url}/api/v2/search`, {
					token: search,
					query: { q: url, type: 'statuses', resolve },
				})
			).body;
		expect(await look('false')).toEqual({ accounts: [], statuses: [], hashtags: [] });
		expect(await look('true')).toMatchObject({ statuses: [{ id: foreign }] });
	});

	it.each([
		['v1', { configuration: { statuses: { max_characters: 500 } } }],
		['minimal', { max_toot_chars: 500 }],
	] as const)('imitates servers without /api/v2 (%s)', async (dialect, instance) => {
		const old = await startSandbox('mastodon', { dialect });
		const own = old.issueToken().accessToken;
		const form = formOf({ file: [mp4(), 'video/mp4', 'a'] });
		expect((await ask(`${old.url}/api/v2/instance`)).status).toBe(404);
		expect((await ask(`${old.url}/api/v2/media`, { token: own, form })).status).toBe(404);
		expect((await ask(`${old.url}/.well-known/oauth-authorization-server`)).status).toBe(404);
		expect((await ask(`${old.url}/api/v1/instance`)).body).toMatchObject(instance);
		expect((await ask(`${old.url}/api/v1/media`, { token: own, form })).status).toBe(200);
		const dead = await ask(`${old.url}/api/v1/statuses`, { token: 'no', json: { status: 'a' } });
		expect(dead.status).toBe(dialect === 'minimal' ? 422 : 401);
		await old.stop();
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
		['refused', 422, 0],
	] as const)('%s', async (kind, expected, held) => {
		sandbox.faults.next('publish', { kind });
		expect(await outcome(post({ status: 'a' }))).toBe(expected);
		expect(sandbox.state.posts).toHaveLength(held);
		const alive = !kind.endsWith('-token');
		expect(await outcome(post({ status: 'b' }))).toBe(alive ? 200 : 401);
		expect(sandbox.requests.at(-1)).toMatchObject({
			operation: 'publish',
			method: 'POST',
			body: { status: 'b' },
		});
	});

	it('429 tells when, the ISO way', async () => {
		sandbox.faults.next('publish', { kind: '429', retryAfter: 90 });
		const { headers, body } = await post({ status: 'a' });
		expect(body).toEqual({ error: 'Too many requests' });
		const wait = Date.parse(headers.get('x-ratelimit-reset')!) - sandbox.clock.now();
		expect(Math.round(wait / 10_000)).toBe(9);
	});

	it('slows down and refuses media', async () => {
		sandbox.faults.next(
			'upload',
			{ kind: 'slow-processing', polls: 2 },
			{ kind: 'media-refused' },
			{ kind: 'media-refused', late: true },
		);
		const slow = await upload(png(), 'image/png');
		expect(slow.status).toBe(202);
		const state = async (answer: Answer) =>
			(await ask(`${api}/media/${id(answer)}`, { token })).status;
		expect([await state(slow), await state(slow), await state(slow)]).toEqual([206, 206, 200]);
		expect((await upload(png(), 'image/png')).status).toBe(422);
		const failing = await upload(png(), 'image/png');
		expect([await state(failing), await state(failing)]).toEqual([206, 422]);
	});

	it('limits uploads to 30 in half an hour, until the window is over', async () => {
		for (let count = 0; count < 30; count += 1) await upload(png(), 'image/png');
		expect((await upload(png(), 'image/png')).status).toBe(429);
		sandbox.clock.advance(30 * 60_000);
		expect((await upload(png(), 'image/png')).status).toBe(200);
	});
});

it('is steered and read over HTTP', async () => {
	await ask(`${sandbox.url}/__sandbox/faults`, {
		json: { operation: 'publish', fault: { kind: '5xx-before' } },
	});
	expect((await post({ status: 'a' })).status).toBe(503);
	const { accessToken } = (
		await ask(`${sandbox.url}/__sandbox/tokens`, { json: { account: 'second' } })
	).body as {
		accessToken: string;
	};
	await ask(`${api}/statuses`, { token: accessToken, json: { status: 'b' } });
	expect((await ask(`${sandbox.url}/__sandbox/state`)).body).toMatchObject({
		posts: [{ account: 'second', text: 'b' }],
	});
	await ask(`${sandbox.url}/__sandbox/tokens/revoke`, { json: { account: 'second' } });
	expect((await ask(`${api}/statuses`, { token: accessToken, json: { status: 'c' } })).status).toBe(
		401,
	);
	const shown = JSON.stringify((await ask(`${sandbox.url}/__sandbox/requests`)).body);
	expect(shown).not.toContain(accessToken);
});
