import { startSandbox, type Sandbox } from '.';
import type { MastodonState } from './mastodon/model';
import { ask, formOf, mp4, png, sha256, type Answer } from './plainHttp';

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
