import { mp4 as movie } from '@/test/support/movieFixtures';
import { startSandbox, type Sandbox } from '.';
import type { FacebookState } from './facebook/model';
import { ask, fileServer, formOf, mp4, png, sha256, type Answer } from './plainHttp';

const DAY = 24 * 3600_000;
const IMAGE = png(100, 80);
const FILM = mp4(2000);
const REEL = movie({ width: 720, height: 1280, seconds: 10, bytes: 5000 });

jest.setTimeout(60_000);

let files: Awaited<ReturnType<typeof fileServer>>;
let sandbox: Sandbox<FacebookState>;
let token: string;
let page: string;

beforeAll(async () => {
	files = await fileServer({ '/a.png': IMAGE, '/b.mp4': FILM, '/c.mp4': REEL });
});
afterAll(() => files.stop());

beforeEach(async () => {
	const crawl = { 'https://n8n.example.com/': files.url };
	sandbox = await startSandbox('facebook', { crawl, chunk: 1000 });
	token = sandbox.issueToken({ kind: 'page' }).accessToken;
	page = sandbox.state.pages[0]!.id;
});
afterEach(async () => await sandbox.stop());

const get = async (path: string, query: Record<string, string> = {}, as = token) =>
	await ask(`${sandbox.url}/v26.0${path}`, { token: as, query });
const post = async (path: string, form: Parameters<typeof formOf>[0], as = token) =>
	await ask(`${sandbox.url}/v26.0${path}`, { token: as, form: formOf(form) });
const remove = async (path: string, as = token) =>
	await ask(`${sandbox.url}/v26.0${path}`, { method: 'DELETE', token: as });
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;
const id = (answer: Answer) => (answer.body as { id: string }).id;
const feed = async (form: Parameters<typeof formOf>[0]) => await post(`/${page}/feed`, form);
const photo = async (form: Parameters<typeof formOf>[0] = {}) =>
	await post(`/${page}/photos`, {
		source: [IMAGE, 'image/png', 'a.png'],
		published: 'false',
		...form,
	});
const inSeconds = (ms: number) => String(Math.floor((sandbox.clock.now() + ms) / 1000));

describe('the feed', () => {
	it('takes text and link from form and JSON, for the Page itself only', async () => {
		const first = id(await feed({ message: 'one' }));
		const json = { message: 'two', link: 'https://example.org/' };
		await ask(`${sandbox.url}/v26.0/${page}/feed`, { token, json });
		expect(sandbox.state.posts).toMatchObject([
			{ id: first, text: 'one', account: 'Demo Page', published: true },
			{ text: 'two', options: { link: 'https://example.org/' } },
		]);
		expect(first).toMatch(new RegExp(`^${page}_\\d+$`));
		const { permalink_url } = (await get(`/${first}`, { fields: 'permalink_url' })).body as {
			permalink_url: string;
		};
		expect((await ask(permalink_url)).body).toContain('<pre>one</pre>');
		const user = sandbox.issueToken().accessToken;
		expect(error(await post(`/${page}/feed`, { message: 'no' }, user))).toMatchObject({
			code: 210,
		});
		const other = sandbox.state.pages[1]!.id;
		expect(error(await post(`/${other}/feed`, { message: 'no' }))).toMatchObject({ code: 210 });
		const reader = sandbox.issueToken({ kind: 'page', scopes: ['pages_read_engagement'] });
		expect(error(await post(`/${page}/feed`, { message: 'no' }, reader.accessToken))).toMatchObject(
			{
				code: 200,
			},
		);
		expect(sandbox.state.posts).toHaveLength(2);
	});

	it('refuses nothing, too much, and links that lead nowhere', async () => {
		expect(error(await feed({}))).toMatchObject({ code: 100 });
		expect(error(await feed({ message: 'a'.repeat(63_207) }))).toMatchObject({ code: 100 });
		expect(error(await feed({ link: 'example' }))).toMatchObject({ error_subcode: 2_061_006 });
		const own = { link: 'https://www.facebook.com/demo' };
		expect(error(await feed(own))).toMatchObject({ error_subcode: 1_609_008 });
	});

	it('shows photos that were uploaded before, once and within a day', async () => {
		const one = id(await photo({ alt_text_custom: 'a picture' }));
		const two = id(await photo({ source: [png(90, 80), 'image/png', 'b.png'] }));
		expect(sandbox.state.posts).toEqual([]);
		const media = JSON.stringify([{ media_fbid: one }, { media_fbid: two }]);
		const made = id(await feed({ message: 'both', attached_media: media }));
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ id: one, alt: 'a picture', sha256: sha256(IMAGE), type: 'image/png', width: 100 },
			{ id: two },
		]);
		const { attachments } = (await get(`/${made}`, { fields: 'attachments' })).body as {
			attachments: { data: Array<{ subattachments: { data: Array<{ target: object }> } }> };
		};
		expect(attachments.data[0]!.subattachments.data.map(({ target }) => target)).toMatchObject([
			{ id: one },
			{ id: two },
		]);
		const again = { 'attached_media[0]': JSON.stringify({ media_fbid: one }) };
		expect(error(await feed(again))).toMatchObject({ error_subcode: 1_366_051 });
		const old = id(await photo());
		sandbox.clock.advance(DAY + 1000);
		expect(error(await feed({ attached_media: `[{"media_fbid":"${old}"}]` }))).toMatchObject({
			code: 100,
		});
	});

	it('takes a published photo by bytes or URL in one request, and no other files', async () => {
		const source = { published: 'true', caption: 'words' };
		expect((await photo(source)).body).toMatchObject({
			id: expect.any(String),
			post_id: expect.any(String),
		});
		await post(`/${page}/photos`, { url: 'https://n8n.example.com/a.png' });
		expect(sandbox.state.posts).toMatchObject([
			{ text: 'words', media: [{ length: IMAGE.length }] },
			{ media: [{ sha256: sha256(IMAGE), fetchedFrom: 'https://n8n.example.com/a.png' }] },
		]);
		const bad = await photo({ source: [FILM, 'image/png', 'a.png'] });
		expect(error(bad)).toMatchObject({ error_subcode: 1_366_046 });
		const url = { url: 'http://127.0.0.1:1/a.png' };
		expect(error(await post(`/${page}/photos`, url))).toMatchObject({ code: 324 });
	});

	it('schedules between ten minutes and 30 days ahead', async () => {
		const at = (ms: number, more = {}) =>
			feed({ message: 'x', published: 'false', scheduled_publish_time: inSeconds(ms), ...more });
		expect((await at(9 * 60_000)).status).toBe(400);
		expect((await at(31 * DAY)).status).toBe(400);
		expect((await at(DAY, { published: 'true' })).status).toBe(400);
		const media = id(await photo({ temporary: 'true' }));
		const waiting = id(await at(3 * DAY, { attached_media: `[{"media_fbid":"${media}"}]` }));
		const list = async (edge: string) =>
			((await get(`/${page}/${edge}`)).body as { data: Array<{ id: string }> }).data.map(
				(one) => one.id,
			);
		expect([await list('scheduled_posts'), await list('published_posts')]).toEqual([[waiting], []]);
		sandbox.clock.advance(4 * DAY);
		expect([await list('scheduled_posts'), await list('published_posts')]).toEqual([[], [waiting]]);
	});
});

describe('videos', () => {
	const video = async (form: Parameters<typeof formOf>[0]) => await post(`/${page}/videos`, form);
	const status = async (one: string) =>
		((await get(`/${one}`, { fields: 'status' })).body as { status: Record<string, unknown> })
			.status;

	it('come in the parts that are asked for, and are out when processed', async () => {
		const started = (await video({ upload_phase: 'start', file_size: String(FILM.length) })).body;
		let { start_offset, end_offset } = started as Record<string, string>;
		const { upload_session_id, video_id } = started as Record<string, string>;
		expect([start_offset, end_offset]).toEqual(['0', '1000']);
		const session = { upload_session_id: upload_session_id! };
		const early = await video({ upload_phase: 'finish', ...session });
		expect(error(early)).toMatchObject({ code: 6000 });
		const send = async (from: string, to: string) =>
			await video({
				upload_phase: 'transfer',
				...session,
				start_offset: from,
				video_file_chunk: [
					FILM.subarray(Number(from), Number(to)),
					'application/octet-stream',
					'c',
				],
			});
		expect(error(await send('500', '1000'))).toMatchObject({
			error_subcode: 1_363_037,
			error_data: { start_offset: '0', end_offset: '1000' },
		});
		while (start_offset !== end_offset) {
			const { body } = await send(start_offset!, end_offset!);
			({ start_offset, end_offset } = body as Record<string, string>);
		}
		expect(await status(video_id!)).toMatchObject({ video_status: 'upload_complete' });
		const finish = { upload_phase: 'finish', ...session, title: 't', description: 'd' };
		expect((await video(finish)).body).toEqual({ success: true });
		expect((await video(finish)).status).toBe(400);
		expect(await status(video_id!)).toMatchObject({
			video_status: 'processing',
			processing_phase: { status: 'in_progress' },
		});
		expect(await status(video_id!)).toMatchObject({
			video_status: 'ready',
			publishing_phase: { status: 'complete', publish_status: 'published' },
		});
		expect(sandbox.state.posts).toMatchObject([
			{ text: 'd', video: video_id, media: [{ sha256: sha256(FILM), type: 'video/mp4' }] },
		]);
	});

	it('come in one request too, by bytes or URL', async () => {
		await video({ source: [FILM, 'video/mp4', 'a.mp4'], description: 'one' });
		await video({ file_url: 'https://n8n.example.com/b.mp4', description: 'two' });
		expect(sandbox.state.posts.map(({ media }) => media[0]!.sha256)).toEqual([
			sha256(FILM),
			sha256(FILM),
		]);
		const missing = { file_url: 'https://n8n.example.com/none.mp4' };
		expect(error(await video(missing))).toMatchObject({ code: 389 });
	});

	const upload = async (url: string, bytes: Buffer, offset = 0, scheme = 'OAuth') =>
		await ask(url, {
			bytes: bytes.subarray(offset),
			headers: {
				authorization: `${scheme} ${token}`,
				'content-type': 'application/octet-stream',
				offset: String(offset),
				file_size: String(bytes.length),
			},
		});
	const begin = async (edge: string) =>
		(await post(`/${page}/${edge}`, { upload_phase: 'start' })).body as {
			video_id: string;
			upload_url: string;
		};

	it('as Reels are brought to rupload, go on where they broke off, and are finished', async () => {
		const { video_id, upload_url } = await begin('video_reels');
		expect((await upload(upload_url, REEL, 0, 'Bearer')).status).toBe(401);
		sandbox.faults.next('upload', { kind: 'partial' });
		expect((await upload(upload_url, REEL)).status).toBe(500);
		expect(await status(video_id)).toMatchObject({
			uploading_phase: { status: 'in_progress', bytes_transferred: 2500 },
		});
		expect((await upload(upload_url, REEL)).status).toBe(400);
		expect((await upload(upload_url, REEL, 2500)).body).toEqual({ success: true });
		const finish = { upload_phase: 'finish', video_id, video_state: 'PUBLISHED', description: 'd' };
		expect((await post(`/${page}/video_reels`, finish)).body).toEqual({ success: true });
		expect((await post(`/${page}/video_reels`, finish)).status).toBe(400);
		expect(sandbox.state.posts).toMatchObject([
			{ kind: 'reel', media: [{ sha256: sha256(REEL), width: 720, height: 1280 }] },
		]);
	});

	it('as Reels must be upright and up to 90 seconds; what is not fails in processing', async () => {
		for (const one of [
			movie({ width: 1280, height: 720, seconds: 10, bytes: 3000 }),
			movie({ width: 720, height: 1280, seconds: 91, bytes: 3000 }),
		]) {
			const { video_id, upload_url } = await begin('video_reels');
			await upload(upload_url, one);
			await post(`/${page}/video_reels`, {
				upload_phase: 'finish',
				video_id,
				video_state: 'PUBLISHED',
			});
			await status(video_id);
			expect(await status(video_id)).toMatchObject({
				video_status: 'error',
				processing_phase: { status: 'error', errors: [{ message: expect.any(String) }] },
			});
		}
		expect(sandbox.state.posts).toEqual([]);
	});

	it('and photos can be stories, of files that stand in no other post', async () => {
		const { video_id, upload_url } = await begin('video_stories');
		await ask(upload_url, {
			method: 'POST',
			headers: { authorization: `OAuth ${token}`, file_url: 'https://n8n.example.com/c.mp4' },
		});
		const finish = { upload_phase: 'finish', video_id };
		const { body } = await post(`/${page}/video_stories`, finish);
		expect(body).toMatchObject({ success: true, post_id: expect.any(String) });
		const picture = { photo_id: id(await photo()) };
		expect((await post(`/${page}/photo_stories`, picture)).body).toMatchObject({ success: true });
		expect((await post(`/${page}/photo_stories`, picture)).status).toBe(400);
		const { data } = (await get(`/${page}/stories`)).body as { data: object[] };
		expect(data).toMatchObject([{ media_type: 'photo' }, { media_type: 'video' }]);
	});
});

describe('what is there', () => {
	it('can be changed, commented and deleted, each with its permission', async () => {
		const made = id(await feed({ message: 'one' }));
		expect((await post(`/${made}`, { message: 'two' })).body).toEqual({ success: true });
		const comment = id(await post(`/${made}/comments`, { message: 'first' }));
		sandbox.state.addComment({ on: made, from: 'visitor', message: 'hello' });
		const texts = async (as = token) =>
			(
				(await get(`/${made}/comments`, {}, as)).body as { data: Array<{ message: string }> }
			).data.map(({ message }) => message);
		expect(await texts()).toEqual(['first', 'hello']);
		const scopes = ['pages_read_engagement', 'pages_manage_posts'];
		const narrow = sandbox.issueToken({ kind: 'page', scopes }).accessToken;
		expect(await texts(narrow)).toEqual(['first']);
		expect((await remove(`/${comment}`, narrow)).status).toBe(403);
		expect((await remove(`/${comment}`)).body).toEqual({ success: true });
		expect((await remove(`/${made}`)).body).toEqual({ success: true });
		expect(error(await get(`/${made}`))).toMatchObject({ code: 100, error_subcode: 33 });
		expect(sandbox.state.deleted).toMatchObject([{ text: 'two' }]);
	});

	it('is told in fields and metrics that exist', async () => {
		const made = id(await feed({ message: 'one' }));
		expect(error(await get(`/${made}`, { fields: 'nothing' }))).toMatchObject({ code: 100 });
		const metric = 'page_post_engagements,page_follows';
		const { body } = await get(`/${page}/insights`, { metric, period: 'day' });
		expect((body as { data: object[] }).data).toMatchObject([
			{ name: 'page_post_engagements', values: [{ value: 3 }] },
			{ name: 'page_follows' },
		]);
		expect((await get(`/${page}/insights`, { metric: 'page_impressions' })).status).toBe(400);
		expect((await get(`/${made}/insights`, { metric: 'post_clicks' })).status).toBe(200);
	});
});
