import { conversation, type Line } from '@/test/support/conversation';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { facebookNode, GRAPH, outcome, PAGE, VIDEO } from './setup';
import {
	A,
	FILM,
	UPRIGHT,
	media,
	POST,
	shown,
	FIELDS,
	said,
	asking,
	posting,
	at,
	status,
} from './talk';

beforeAll(useBinaryStore);

describe('publishing a video on a Page', () => {
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

	it('ends where Facebook asks for more than there is', async () => {
		const video = conversation(VIDEO, [
			[
				'POST',
				at('videos'),
				200,
				{ upload_session_id: '5', video_id: '9', start_offset: '0', end_offset: '3001' },
			],
		]);
		const [json] = await outcome(facebookNode({ media: media('f') }), [
			await binaryItem({ f: FILM }),
		]);
		expect(json.error).toMatchObject({
			code: 'media_rejected',
			rule: 'facebook.video.offsets',
			message: expect.stringContaining('0 to 3001'),
		});
		video.done();
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

	const rupload = 'https://rupload.facebook.com';
	const started = ['POST', at('video_reels'), 200, { video_id: '9', upload_url: `${rupload}/9` }];
	const reel = async (options = {}) => {
		const node = facebookNode({ media: media('u'), options: { postType: 'reel', ...options } });
		return (await outcome(node, [await binaryItem({ u: UPRIGHT })]))[0];
	};
	const trouble = (retriable: boolean) => ({ debug_info: { retriable, type: 'T', message: 'No' } });

	it('sends the bytes of a Reel again after a pause where Facebook says it may help', async () => {
		const upload = conversation(rupload, [
			['POST', '/9', 400, trouble(true)],
			['POST', '/9', 200, { success: true }],
		]);
		const talk = conversation(GRAPH, [
			started as unknown as Line,
			status('9', { uploading_phase: { status: 'in_progress', bytes_transferred: 1000 } }),
			status('9', { video_status: 'upload_complete' }),
			['POST', at('video_reels'), 200, { success: true }],
			status('9', { publishing_phase: { status: 'complete' } }),
			['GET', '/v26.0/9', 200, shown],
		]);
		const before = Date.now();
		expect(await reel()).toMatchObject({ status: 'published' });
		expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
		expect(upload.requests.map(({ headers }) => headers.offset)).toEqual(['0', '1000']);
		talk.done();
	});

	it('sends the bytes of a Reel with the token that took the place of a dead one', async () => {
		const upload = conversation(rupload, [['POST', '/9', 200, { success: true }]]);
		const dead = { error: { message: 'Gone', code: 190, error_subcode: 460 } };
		const talk = conversation(GRAPH, [
			['POST', at('video_reels'), 401, dead],
			['GET', `/v26.0/${PAGE}`, 200, { access_token: 'page-token-2' }],
			started as unknown as Line,
			status('9', { video_status: 'upload_complete' }),
			['POST', at('video_reels'), 200, { success: true }],
			status('9', { publishing_phase: { status: 'complete' } }),
			['GET', '/v26.0/9', 200, shown],
		]);
		expect(await reel()).toMatchObject({ status: 'published' });
		expect(upload.requests[0].headers.authorization).toBe('OAuth page-token-2');
		talk.done();
	});

	it.each([200, 400])('ends where the bytes are refused with %i', async (answer) => {
		conversation(rupload, [['POST', '/9', answer, trouble(false)]]);
		const talk = conversation(GRAPH, [started as unknown as Line]);
		expect((await reel()).error).toMatchObject({
			code: 'media_rejected',
			rule: 'facebook.upload.T',
		});
		talk.done();
	});

	it('does not publish a Reel of which Facebook has only a part', async () => {
		conversation(rupload, [['POST', '/9', 200, { success: true }]]);
		const coming = status('9', { uploading_phase: { status: 'in_progress' } });
		const talk = conversation(GRAPH, [
			started as unknown as Line,
			...Array<typeof coming>(20).fill(coming),
			['POST', at('video_reels'), 200, { success: true }],
		]);
		expect((await reel({ processingWait: 0 })).error).toMatchObject({
			code: 'platform_unavailable',
			rule: 'facebook.video.upload',
		});
		expect(talk.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
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
});
