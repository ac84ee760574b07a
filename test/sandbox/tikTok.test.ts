import { startSandbox, type Sandbox } from '.';
import { ask, fileServer, mp4, png, sha256, type Answer } from './plainHttp';
import type { TikTokOptions, TikTokState } from './tikTok/model';

const MB = 1_000_000;
const FILM = mp4();
const PHOTO = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const SELF = { privacy_level: 'SELF_ONLY' };
const PUBLIC = { privacy_level: 'PUBLIC_TO_EVERYONE' };

jest.setTimeout(60_000);

let files: Awaited<ReturnType<typeof fileServer>>;
let sandbox: Sandbox<TikTokState>;
let token: string;

beforeAll(async () => {
	files = await fileServer({
		'/a.jpg': PHOTO,
		'/b.jpg': Buffer.concat([PHOTO, PHOTO]),
		'/c.png': png(),
		'/d.mp4': FILM,
	});
});
afterAll(() => files.stop());

afterEach(async () => await sandbox.stop());

const start = async (options: TikTokOptions = {}) => {
	sandbox = await startSandbox('tikTok', {
		crawl: { 'https://n8n.example.com/': files.url },
		rateLimits: false,
		...options,
	});
	token = sandbox.issueToken().accessToken;
};
const call = async (path: string, json: unknown = {}, query?: Record<string, string>) =>
	await ask(`${sandbox.url}/v2${path}/`, { token, json, ...(query && { query }) });
const data = (answer: Answer) => (answer.body as { data: Record<string, unknown> }).data;
const code = ({ status, body }: Answer) =>
	`${status} ${(body as { error: { code: string } }).error.code}`;

const file = (video_size: number, chunk_size = video_size, total_chunk_count = 1) => ({
	source: 'FILE_UPLOAD',
	video_size,
	chunk_size,
	total_chunk_count,
});
const pull = (name: string) => ({
	source: 'PULL_FROM_URL',
	video_url: `https://n8n.example.com/${name}`,
});
const init = async (post_info: object, source_info: object = file(FILM.length)) =>
	await call('/post/publish/video/init', { post_info, source_info });
const inbox = async (source_info: object = file(FILM.length)) =>
	await call('/post/publish/inbox/video/init', { source_info });
const photos = async (names: string[], post_info: object = SELF, more: object = {}) =>
	await call('/post/publish/content/init', {
		media_type: 'PHOTO',
		post_mode: 'DIRECT_POST',
		post_info,
		source_info: {
			source: 'PULL_FROM_URL',
			photo_images: names.map((name) => `https://n8n.example.com/${name}`),
		},
		...more,
	});
const put = async (
	url: unknown,
	bytes: Uint8Array,
	first: number,
	total: number,
	type = 'video/mp4',
) =>
	await ask(String(url), {
		method: 'PUT',
		bytes,
		headers: {
			'content-type': type,
			'content-range': `bytes ${first}-${first + bytes.length - 1}/${total}`,
		},
	});
const status = async (publish_id: unknown) =>
	data(await call('/post/publish/status/fetch', { publish_id }));
const ended = async (id: unknown) => {
	let seen = await status(id);
	for (let reads = 0; String(seen.status).startsWith('PROCESSING') && reads < 200; reads += 1)
		seen = await status(id);
	return seen;
};
const post = async (info: object) => {
	const made = await init(info);
	const { publish_id, upload_url } = data(made);
	if (upload_url) await put(upload_url, FILM, 0, FILM.length);
	return { made, publish_id };
};

describe('a video from a file', () => {
	it('comes in chunks in order, the last with what is left', async () => {
		await start();
		const film = mp4(21 * MB);
		const chunk = 10 * MB;
		const made = await init({ ...SELF, title: 'Film' }, file(film.length, chunk, 2));
		expect(code(made)).toBe('200 ok');
		const { publish_id, upload_url } = data(made);
		const part = async (first: number, end: number, type?: string) => {
			const bytes = film.subarray(first, end);
			const { status: said, headers } = await put(upload_url, bytes, first, film.length, type);
			return [said, headers.get('content-range')];
		};
		const none = `bytes 0-0/${film.length}`;
		expect(await part(chunk, film.length)).toEqual([416, none]);
		expect(await part(0, chunk - 1)).toEqual([400, null]);
		expect(await part(0, chunk + 1)).toEqual([400, null]);
		expect(await part(0, chunk, 'application/octet-stream')).toEqual([400, null]);
		expect(await part(0, chunk)).toEqual([206, `bytes 0-${chunk}/${film.length}`]);
		expect(await part(0, chunk)).toEqual([416, `bytes 0-${chunk}/${film.length}`]);
		expect(await status(publish_id)).toMatchObject({
			status: 'PROCESSING_UPLOAD',
			uploaded_bytes: chunk,
		});
		expect(await part(chunk, chunk + chunk)).toEqual([400, null]);
		expect(sandbox.state.posts).toEqual([]);
		expect(await part(chunk, film.length)).toEqual([201, `bytes 0-${film.length}/${film.length}`]);
		expect(await ended(publish_id)).toMatchObject({ status: 'PUBLISH_COMPLETE' });
		expect(sandbox.state.posts).toMatchObject([
			{
				text: 'Film',
				privacy: 'SELF_ONLY',
				media: [{ type: 'video/mp4', length: film.length, sha256: sha256(film) }],
			},
		]);
	});

	it.each([
		[3_145_728, 3_145_728, 1, true],
		[64 * MB, 64 * MB, 1, true],
		[64 * MB + 1, 10 * MB, 6, true],
		[50_000_123, 10 * MB, 5, true],
		[4_294_967_296, 10 * MB, 429, true],
		[4_294_967_297, 10 * MB, 429, false],
		[64 * MB + 1, 64 * MB + 1, 1, false],
		[64 * MB + 1, 64 * MB, 1, false],
		[15 * MB, 10 * MB, 1, false],
		[50_000_123, 10 * MB, 6, false],
		[50 * MB, 4 * MB, 12, false],
		[3 * MB, 10 * MB, 1, false],
		[0, 0, 0, false],
	])('of %i bytes in chunks of %i, %i of them: %s', async (size, chunk, count, taken) => {
		await start();
		const made = await init(SELF, file(size, chunk, count));
		expect(code(made)).toBe(taken ? '200 ok' : '400 invalid_params');
	});

	it('has an hour to come, at an address of its own', async () => {
		await start({ repeatedChunk: 'accept' });
		const { upload_url } = data(await init(SELF));
		expect((await put(`${String(upload_url)}x`, FILM, 0, FILM.length)).status).toBe(404);
		sandbox.clock.advance(3600_000);
		expect((await put(upload_url, FILM, 0, FILM.length)).status).toBe(403);
		token = sandbox.issueToken().accessToken;
		const { upload_url: again } = data(await init(SELF));
		expect((await put(again, FILM, 0, FILM.length)).status).toBe(201);
		expect((await put(again, FILM, 0, FILM.length)).status).toBe(201);
		expect(sandbox.state.posts).toHaveLength(1);
	});

	it('fails in processing if it is none', async () => {
		await start();
		const { publish_id, upload_url } = data(await init(SELF, file(500)));
		await put(upload_url, Buffer.alloc(500, 1), 0, 500);
		expect(await ended(publish_id)).toMatchObject({
			status: 'FAILED',
			fail_reason: 'file_format_check_failed',
		});
		expect(sandbox.state.posts).toEqual([]);
	});
});

describe('who sees a post', () => {
	it('is chosen from what the creator may choose', async () => {
		await start({ privateAccounts: ['second'], switchedOff: { demo: ['duet'] } });
		expect(data(await call('/post/publish/creator_info/query'))).toMatchObject({
			creator_username: 'demo',
			privacy_level_options: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
			comment_disabled: false,
			duet_disabled: true,
			max_video_post_duration_sec: 600,
		});
		expect(code(await init({ title: 'No choice' }))).toBe('400 invalid_params');
		const followers = { privacy_level: 'FOLLOWER_OF_CREATOR' };
		expect(code(await init(followers))).toBe('403 privacy_level_option_mismatch');
		token = sandbox.issueToken({ account: 'second' }).accessToken;
		expect(code(await init(PUBLIC))).toBe('403 privacy_level_option_mismatch');
		expect(code(await init(followers))).toBe('200 ok');
		expect(code(await init({ ...SELF, brand_content_toggle: true }))).toBe('400 invalid_params');
		expect(code(await init({ ...SELF, title: 'é'.repeat(2201) }))).toBe('400 invalid_params');
		expect(code(await init({ ...SELF, title: 'é'.repeat(2200) }))).toBe('200 ok');
	});

	it('is nobody else, from an app before its audit', async () => {
		await start({ audited: false, privateAccounts: ['second'] });
		const refused = '403 unaudited_client_can_only_post_to_private_accounts';
		expect([code(await init(PUBLIC)), code(await init(SELF))]).toEqual([refused, refused]);
		token = sandbox.issueToken({ account: 'second' }).accessToken;
		expect(code(await init(SELF))).toBe('200 ok');
		expect(code(await init({ privacy_level: 'MUTUAL_FOLLOW_FRIENDS' }))).toBe(refused);
	});

	it('is told by an id without quotes, once the post was looked at', async () => {
		await start({ moderation: 1, polls: 0 });
		const { publish_id } = await post({ ...PUBLIC, title: 'All' });
		expect(await status(publish_id)).toMatchObject({
			status: 'PUBLISH_COMPLETE',
			publicaly_available_post_id: [],
		});
		const raw = await fetch(`${sandbox.url}/v2/post/publish/status/fetch/`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ publish_id }),
		});
		const { id, url } = sandbox.state.posts[0]!;
		expect(await raw.text()).toContain(`"publicaly_available_post_id":[${id}]`);
		expect((await ask(url)).body).toContain('All');
		const { publish_id: quiet } = await post(SELF);
		expect(await status(quiet)).toMatchObject({ publicaly_available_post_id: [] });
	});
});

describe('what TikTok fetches', () => {
	it('is taken from verified addresses only', async () => {
		await start();
		const made = await init({ ...PUBLIC, title: 'Pulled' }, pull('d.mp4'));
		expect(data(made)).toEqual({ publish_id: expect.stringMatching(/^v_pub_url~/) });
		expect(await ended(data(made).publish_id)).toMatchObject({
			status: 'PUBLISH_COMPLETE',
			downloaded_bytes: FILM.length,
		});
		const elsewhere = { source: 'PULL_FROM_URL', video_url: 'https://example.org/d.mp4' };
		expect(code(await init(SELF, elsewhere))).toBe('403 url_ownership_unverified');
		expect(code(await init(SELF, { ...elsewhere, video_url: files.url }))).toBe(
			'400 invalid_params',
		);
		const { publish_id } = data(await init(SELF, pull('none.mp4')));
		expect(await ended(publish_id)).toMatchObject({
			status: 'FAILED',
			fail_reason: 'video_pull_failed',
		});
		expect(sandbox.state.posts).toMatchObject([{ text: 'Pulled', kind: 'video' }]);
	});

	it('are photos in any case', async () => {
		await start();
		const info = { ...SELF, title: 'Two', description: 'Two photos' };
		const { publish_id } = data(await photos(['a.jpg', 'b.jpg'], info));
		expect(await ended(publish_id)).toMatchObject({ status: 'PUBLISH_COMPLETE' });
		expect(sandbox.state.posts).toMatchObject([
			{ text: 'Two photos', kind: 'photo', media: [{ type: 'image/jpeg' }, {}] },
		]);
		const reason = async (name: string) =>
			(await ended(data(await photos([name])).publish_id)).fail_reason;
		expect(await reason('c.png')).toBe('file_format_check_failed');
		expect(await reason('none.jpg')).toBe('photo_pull_failed');
		const many = Array<string>(36).fill('a.jpg');
		expect(code(await photos(many))).toBe('400 invalid_params');
		expect(code(await photos(['a.jpg'], { ...SELF, title: 'a'.repeat(91) }))).toBe(
			'400 invalid_params',
		);
		expect(code(await photos(['a.jpg'], {}))).toBe('400 invalid_params');
		const upload = { source_info: file(PHOTO.length) };
		expect(code(await photos(['a.jpg'], SELF, upload))).toBe('400 invalid_params');
	});
});

describe('drafts', () => {
	it('land in the inbox, five a day', async () => {
		await start();
		const { publish_id, upload_url } = data(await inbox());
		await put(upload_url, FILM, 0, FILM.length);
		expect(await ended(publish_id)).toMatchObject({ status: 'SEND_TO_USER_INBOX' });
		const draft = async () =>
			await photos(['a.jpg'], { title: 'Draft' }, { post_mode: 'MEDIA_UPLOAD' });
		for (let made = 0; made < 4; made++) await ended(data(await draft()).publish_id);
		expect(code(await draft())).toBe('403 spam_risk_too_many_pending_share');
		expect(code(await inbox())).toBe('403 spam_risk_too_many_pending_share');
		expect([sandbox.state.drafts.length, sandbox.state.posts.length]).toEqual([5, 0]);
	});
});

describe('limits', () => {
	it('are 15 posts a day, which the creator’s info tells with HTTP 200', async () => {
		await start();
		for (let made = 0; made < 15; made++) await post(SELF);
		expect(code(await call('/post/publish/creator_info/query'))).toBe(
			'200 spam_risk_too_many_posts',
		);
		expect(code(await init(SELF))).toBe('403 spam_risk_too_many_posts');
	});

	it('are six posts a minute', async () => {
		await start({ rateLimits: true });
		const codes = [];
		for (let made = 0; made < 7; made++) codes.push(code(await init(SELF)));
		expect(codes).toEqual([...Array<string>(6).fill('200 ok'), '429 rate_limit_exceeded']);
		sandbox.clock.advance(60_000);
		expect(code(await init(SELF))).toBe('200 ok');
	});
});

describe('reading', () => {
	it('gives what the scopes allow', async () => {
		await start();
		const info = async (fields: string) =>
			await ask(`${sandbox.url}/v2/user/info/`, { token, query: { fields } });
		expect(data(await info('open_id,username'))).toEqual({
			user: { open_id: expect.any(String), username: 'demo' },
		});
		expect(code(await info('open_id,follower_count'))).toBe('401 scope_not_authorized');
		expect(code(await info(''))).toBe('400 invalid_params');
		token = sandbox.issueToken({ scopes: ['video.upload'] }).accessToken;
		expect(code(await init(SELF))).toBe('401 scope_not_authorized');
		expect(code(await inbox())).toBe('200 ok');
		token = 'act.nonsense';
		expect(code(await init(SELF))).toBe('401 access_token_invalid');
	});

	it('lists public videos by pages, and keeps others’ posts to themselves', async () => {
		await start();
		for (const title of ['one', 'two', 'three']) {
			await post({ ...PUBLIC, title });
			sandbox.clock.advance(1000);
		}
		const { publish_id } = await post({ ...SELF, title: 'quiet' });
		const list = async (body: object) =>
			data(await call('/video/list', body, { fields: 'id,title' }));
		const first = await list({ max_count: 2 });
		expect(first).toMatchObject({
			videos: [{ title: 'three' }, { title: 'two' }],
			has_more: true,
		});
		expect(await list({ max_count: 2, cursor: first.cursor })).toMatchObject({
			videos: [{ title: 'one' }],
			has_more: false,
		});
		expect(code(await call('/video/list', { max_count: 21 }, { fields: 'id' }))).toBe(
			'400 invalid_params',
		);
		token = sandbox.issueToken({ account: 'second' }).accessToken;
		expect(code(await call('/post/publish/status/fetch', { publish_id }))).toBe(
			'400 token_not_authorized_for_specified_publish_id',
		);
		expect(code(await call('/post/publish/status/fetch', { publish_id: 'x' }))).toBe(
			'400 invalid_publish_id',
		);
	});
});
