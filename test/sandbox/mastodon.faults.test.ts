import { startSandbox, type Sandbox } from '.';
import type { MastodonState } from './mastodon/model';
import { ask, formOf, mp4, outcome, png, type Answer } from './plainHttp';

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
