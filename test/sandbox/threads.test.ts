import { startSandbox, type Sandbox } from '.';
import { ask, fileServer, mp4, png, sha256, type Answer } from './plainHttp';
import type { ThreadsState } from './threads/model';

const DAY = 24 * 3600_000;
const IMAGE = png(100, 80);
const FILM = mp4();

jest.setTimeout(60_000);

let files: Awaited<ReturnType<typeof fileServer>>;
let sandbox: Sandbox<ThreadsState>;
let token: string;

beforeAll(async () => {
	files = await fileServer({
		'/a.png': IMAGE,
		'/b.mp4': FILM,
		'/wide.png': png(1100, 100),
		'/c.txt': Buffer.from('text'),
	});
});

afterAll(() => files.stop());

beforeEach(async () => {
	const crawl = { 'https://n8n.example.com/': files.url };
	sandbox = await startSandbox('threads', { crawl });
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
const ended = async (one: string) => {
	let seen = await status(one);
	for (let reads = 0; seen.status === 'IN_PROGRESS' && reads < 200; reads += 1)
		seen = await status(one);
	return seen;
};
const image = { media_type: 'IMAGE', image_url: 'https://n8n.example.com/a.png' };

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
			expect(await ended(one)).toMatchObject({ status: 'FINISHED' });
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
		const ending = async (query: Record<string, string>) => await ended(id(await container(query)));
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
