import { conversation, type Said } from '@/test/support/conversation';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/n8n';
import type * as time from '@/test/support/time';
import { facebookNode, GRAPH, longToken, outcome, PAGE, VIDEO } from './setup';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.requireActual<typeof time>('../support/time').sleep,
}));

beforeAll(useBinaryStore);

const file = (data: Buffer, fileName: string, mimeType: string) => ({ data, fileName, mimeType });
const A = file(png(100, 80), 'a.png', 'image/png');
const B = file(png(90, 80), 'b.png', 'image/png');
const FILM = file(
	mp4({ width: 1280, height: 720, seconds: 10, bytes: 3000 }),
	'f.mp4',
	'video/mp4',
);
const UPRIGHT = file(
	mp4({ width: 720, height: 1280, seconds: 9, bytes: 3000 }),
	'u.mp4',
	'video/mp4',
);
const media = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});

const POST = `${PAGE}_77`;
const shown = { permalink_url: 'https://www.facebook.com/77', from: { id: PAGE, name: 'My Page' } };
const FIELDS = 'permalink_url,from{id,name}';

/** A form, form data or JSON as its fields; files as their length. */
function fieldsOf(body: unknown): unknown {
	if (typeof body !== 'string' || body === '') return body || undefined;
	// Bodies that are not text come as hex.
	const text = /^[\da-f]+$/.test(body) ? Buffer.from(body, 'hex').toString('latin1') : body;
	const boundary = /^--(form-\w+)\r\n/.exec(text)?.[1];
	if (!boundary) return Object.fromEntries(new URLSearchParams(text));
	const parts = text.split(`--${boundary}`).slice(1, -1);
	return Object.fromEntries(
		parts.map((part) => {
			const [head, ...rest] = part.split('\r\n\r\n');
			const value = rest.join('\r\n\r\n').slice(0, -2);
			const name = /name="(\w+)"/.exec(head)?.[1] ?? '';
			return [name, head.includes('filename=') ? `${value.length} bytes` : value];
		}),
	);
}

const said = (requests: Said[]) =>
	requests.map(({ method, path, query, body, headers }) => ({
		method,
		path,
		as: headers.authorization,
		...(Object.keys(query).length > 0 && { query }),
		...(fieldsOf(body) !== undefined && { body: fieldsOf(body) }),
	}));
const as = 'Bearer page-token-1';
const asking = (path: string, fields: string) => ({ method: 'GET', path, as, query: { fields } });
const posting = (path: string, body: object) => ({ method: 'POST', path, as, body });
const at = (edge: string) => `/v26.0/${PAGE}/${edge}`;
const status = (id: string, known: object) =>
	['GET', `/v26.0/${id}`, 200, { id, status: known }] as const;

describe('publishing on a Page', () => {
	it('sends text and link as the Page, whose token is asked for first', async () => {
		const link = 'https://example.org/a?b=1&c=2';
		const talk = conversation(GRAPH, [
			['GET', `/v26.0/${PAGE}`, 200, { id: PAGE, access_token: 'page-token-1' }],
			['POST', at('feed'), 200, { id: POST }],
			['GET', `/v26.0/${POST}`, 200, shown],
			['POST', at('feed'), 200, { id: `${PAGE}_78` }],
			['GET', `/v26.0/${PAGE}_78`, 200, shown],
		]);
		const node = facebookNode({ text: 'Grüße & #hello', link }, { token: longToken() });
		const [first, second] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(first).toEqual({
			platform: 'facebook',
			account: { id: PAGE, name: 'My Page' },
			id: POST,
			url: 'https://www.facebook.com/77',
			status: 'published',
			publishedAt: expect.any(String),
			warnings: [],
		});
		expect(second).toMatchObject({ id: `${PAGE}_78` });
		const sent = posting(at('feed'), { message: 'Grüße & #hello', link });
		expect(said(talk.requests)).toEqual([
			{ ...asking(`/v26.0/${PAGE}`, 'access_token'), as: 'Bearer user-token-1' },
			sent,
			asking(`/v26.0/${POST}`, FIELDS),
			sent,
			asking(`/v26.0/${PAGE}_78`, FIELDS),
		]);
		expect(talk.requests[1].headers['content-type']).toBe('application/json');
		talk.done();
	});

	it('uploads photos that nobody sees, then shows them in one post', async () => {
		const talk = conversation(GRAPH, [
			['POST', at('photos'), 200, { id: '11' }],
			['POST', at('photos'), 200, { id: '12' }],
			['POST', at('feed'), 200, { id: POST }],
			['GET', `/v26.0/${POST}`, 200, shown],
		]);
		const node = facebookNode({ text: 'Both', media: media('a, b', 'One\nTwo') });
		const [json] = await outcome(node, [await binaryItem({ a: A, b: B })]);
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		const photo = (alt_text_custom: string, { data }: typeof A) =>
			posting(at('photos'), {
				published: 'false',
				alt_text_custom,
				source: `${data.length} bytes`,
			});
		expect(said(talk.requests)).toEqual([
			photo('One', A),
			photo('Two', B),
			posting(at('feed'), {
				message: 'Both',
				attached_media: [{ media_fbid: '11' }, { media_fbid: '12' }],
			}),
			asking(`/v26.0/${POST}`, FIELDS),
		]);
		talk.done();
	});

	it('lets Facebook publish at a time, and keeps photos until then', async () => {
		const talk = conversation(GRAPH, [
			['POST', at('photos'), 200, { id: '11' }],
			['POST', at('feed'), 200, { id: POST }],
			['GET', `/v26.0/${POST}`, 200, shown],
		]);
		const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
		const node = facebookNode({ media: media('a'), options: { scheduledAt } });
		const [json] = await outcome(node, [await binaryItem({ a: A })]);
		const seconds = Math.floor(Date.parse(scheduledAt) / 1000);
		expect(json).toMatchObject({
			status: 'scheduled',
			publishedAt: new Date(seconds * 1000).toISOString(),
		});
		expect(said(talk.requests).map(({ body }) => body)).toEqual([
			{ published: 'false', temporary: 'true', source: `${A.data.length} bytes` },
			{
				attached_media: [{ media_fbid: '11' }],
				published: false,
				scheduled_publish_time: seconds,
			},
			undefined,
		]);
		talk.done();
	});

	it('sends a video in the parts that Facebook asks for, and waits until it is out', async () => {
		const video = conversation(VIDEO, [
			[
				'POST',
				at('videos'),
				200,
				{ upload_session_id: '5', video_id: '9', start_offset: '0', end_offset: '2000' },
			],
			['POST', at('videos'), 200, { start_offset: '2000', end_offset: '3000' }],
			['POST', at('videos'), 200, { start_offset: '3000', end_offset: '3000' }],
			['POST', at('videos'), 200, { success: true }],
		]);
		const talk = conversation(GRAPH, [
			status('9', { video_status: 'processing', processing_phase: { status: 'in_progress' } }),
			status('9', { video_status: 'ready', publishing_phase: { status: 'complete' } }),
			['GET', '/v26.0/9', 200, { ...shown, permalink_url: `/${PAGE}/videos/9/`, post_id: '77' }],
		]);
		const node = facebookNode({ text: 'Film', media: media('f'), options: { title: 'Title' } });
		const [json] = await outcome(node, [await binaryItem({ f: FILM })]);
		expect(json).toMatchObject({
			id: POST,
			url: `https://www.facebook.com/${PAGE}/videos/9/`,
			status: 'published',
			account: { id: PAGE, name: 'My Page' },
			warnings: [],
		});
		const part = (start_offset: string, bytes: number) =>
			posting(at('videos'), {
				upload_phase: 'transfer',
				upload_session_id: '5',
				start_offset,
				video_file_chunk: `${bytes} bytes`,
			});
		expect(said(video.requests)).toEqual([
			posting(at('videos'), { upload_phase: 'start', file_size: '3000' }),
			part('0', 2000),
			part('2000', 1000),
			posting(at('videos'), {
				upload_phase: 'finish',
				upload_session_id: '5',
				title: 'Title',
				description: 'Film',
			}),
		]);
		expect(said(talk.requests)).toEqual([
			asking('/v26.0/9', 'status'),
			asking('/v26.0/9', 'status'),
			asking('/v26.0/9', `${FIELDS},post_id`),
		]);
		video.done();
		talk.done();
	});

	it('goes by the offsets of an answer that says "wrong offset", forward and back', async () => {
		const wrong = (start_offset: string, end_offset: string) => ({
			error: { code: 6000, error_subcode: 1363037, error_data: { start_offset, end_offset } },
		});
		const video = conversation(VIDEO, [
			[
				'POST',
				at('videos'),
				200,
				{ upload_session_id: '5', video_id: '9', start_offset: '0', end_offset: '1000' },
			],
			['POST', at('videos'), 400, wrong('2000', '3000')],
			['POST', at('videos'), 400, wrong('500', '3000')],
			['POST', at('videos'), 200, { start_offset: '3000', end_offset: '3000' }],
			['POST', at('videos'), 200, { success: true }],
		]);
		const talk = conversation(GRAPH, [
			status('9', { video_status: 'ready' }),
			['GET', '/v26.0/9', 200, shown],
		]);
		const [json] = await outcome(facebookNode({ media: media('f') }), [
			await binaryItem({ f: FILM }),
		]);
		expect(json).toMatchObject({ id: '9', status: 'published' });
		const sent = said(video.requests).map(({ body }) => body as Record<string, string>);
		expect(sent.slice(1, 4).map((one) => [one.start_offset, one.video_file_chunk])).toEqual([
			['0', '1000 bytes'],
			['2000', '1000 bytes'],
			['500', '2500 bytes'],
		]);
		video.done();
		talk.done();
	});

	it('brings a Reel to where Facebook says, and publishes it when it is there', async () => {
		const upload = conversation('https://rupload.facebook.com', [
			['POST', '/video-upload/v26.0/9', 200, { success: true }],
		]);
		const talk = conversation(GRAPH, [
			[
				'POST',
				at('video_reels'),
				200,
				{ video_id: '9', upload_url: 'https://rupload.facebook.com/video-upload/v26.0/9' },
			],
			status('9', { video_status: 'uploading', uploading_phase: { status: 'in_progress' } }),
			status('9', { video_status: 'upload_complete' }),
			['POST', at('video_reels'), 200, { success: true }],
			status('9', { video_status: 'ready', publishing_phase: { status: 'in_progress' } }),
			status('9', { video_status: 'ready', publishing_phase: { status: 'complete' } }),
			['GET', '/v26.0/9', 200, { ...shown, permalink_url: '/reel/9/', post_id: POST }],
			['POST', `/v26.0/${POST}/comments`, 200, { id: 'c' }],
		]);
		const options = { postType: 'reel', firstComment: 'First' };
		const node = facebookNode({ text: 'Reel', media: media('u'), options });
		const [json] = await outcome(node, [await binaryItem({ u: UPRIGHT })]);
		expect(json).toMatchObject({ id: POST, url: 'https://www.facebook.com/reel/9', warnings: [] });
		const [{ headers }] = upload.requests;
		expect(headers).toMatchObject({
			authorization: 'OAuth page-token-1',
			offset: '0',
			file_size: '3000',
			'content-length': '3000',
			'content-type': 'application/octet-stream',
		});
		expect(said(talk.requests)).toEqual([
			posting(at('video_reels'), { upload_phase: 'start' }),
			asking('/v26.0/9', 'status'),
			asking('/v26.0/9', 'status'),
			posting(at('video_reels'), {
				upload_phase: 'finish',
				video_id: '9',
				video_state: 'PUBLISHED',
				description: 'Reel',
			}),
			asking('/v26.0/9', 'status'),
			asking('/v26.0/9', 'status'),
			asking('/v26.0/9', `${FIELDS},post_id`),
			posting(`/v26.0/${POST}/comments`, { message: 'First' }),
		]);
		upload.done();
		talk.done();
	});

	it('makes stories of a photo and of a video, and leaves their text out', async () => {
		const upload = conversation('https://rupload.facebook.com', [['POST', '/up/9', 200, {}]]);
		const talk = conversation(GRAPH, [
			['POST', at('photos'), 200, { id: '11' }],
			['POST', at('photo_stories'), 200, { success: true, post_id: POST }],
			['GET', `/v26.0/${PAGE}`, 200, { id: PAGE, name: 'My Page' }],
			[
				'POST',
				at('video_stories'),
				200,
				{ video_id: '9', upload_url: 'https://rupload.facebook.com/up/9' },
			],
			status('9', { uploading_phase: { status: 'complete' } }),
			['POST', at('video_stories'), 200, { success: true, post_id: `${PAGE}_78` }],
			status('9', { video_status: 'ready' }),
			['GET', '/v26.0/9', 200, shown],
		]);
		const story = (name: string) =>
			facebookNode({ text: 'Words', media: media(name), options: { postType: 'story' } });
		const [photo] = await outcome(story('a'), [await binaryItem({ a: A })]);
		const [video] = await outcome(story('u'), [await binaryItem({ u: UPRIGHT })]);
		expect(photo).toMatchObject({
			id: POST,
			url: `https://www.facebook.com/stories/${POST}`,
			account: { name: 'My Page' },
			warnings: ['A story shows no text: text and link are left out [facebook.story.text]'],
		});
		expect(video).toMatchObject({ id: `${PAGE}_78`, status: 'published' });
		expect(said(talk.requests).filter(({ method }) => method === 'POST')).toEqual([
			posting(at('photos'), { published: 'false', source: `${A.data.length} bytes` }),
			posting(at('photo_stories'), { photo_id: '11' }),
			posting(at('video_stories'), { upload_phase: 'start' }),
			posting(at('video_stories'), { upload_phase: 'finish', video_id: '9' }),
		]);
		upload.done();
		talk.done();
	});

	it('speaks the version of the credential, and proves the secret for each token', async () => {
		const talk = conversation(GRAPH, [
			['GET', `/v27.0/${PAGE}`, 200, { id: PAGE, access_token: 'page-token-1' }],
			['POST', `/v27.0/${PAGE}/feed`, 200, { id: POST }],
			['GET', `/v27.0/${POST}`, 200, shown],
		]);
		const credential = { graphVersion: '27.0', signRequests: true };
		await outcome(facebookNode({ text: 'Hello' }, { token: longToken(), credential }));
		const proofs = talk.requests.map(({ query }) => query.appsecret_proof);
		// echo -n <token> | openssl dgst -sha256 -hmac app-secret-1234
		const page = 'bacaa749d2a25b5d5f2f313b09281a22ff2363eaf6580b0aba8510e81cd29103';
		expect(proofs).toEqual([
			'770e08234bead9242d13e6008fffc45083faca3e508b443664f6dcf2500dbc19',
			page,
			page,
		]);
		talk.done();
	});
});
