import { conversation } from '@/test/support/conversation';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import { useBinaryStore } from '@/test/support/binaries';
import {
	finished,
	formOf,
	fromUrls,
	HOST,
	instagramNode,
	madeIn,
	ME,
	MEDIA,
	outcome,
	post,
	PUBLISH,
	serve,
	shown,
} from './setup';

type Talk = ReturnType<typeof conversation>;

const said = ({ requests }: Talk) =>
	requests.map(({ method, path, query, body }) => ({
		method,
		path,
		...(Object.keys(query).length > 0 && { query }),
		...(body !== '' && { body: formOf(body) }),
	}));

const container = (body: Record<string, string>) => ({ method: 'POST', path: MEDIA, body });
const status = (id: string) => ({
	method: 'GET',
	path: `/v26.0/${id}`,
	query: { fields: 'status_code,status' },
});
const publishing = (id: string) => ({
	method: 'POST',
	path: PUBLISH,
	body: { creation_id: id },
});
const reading = (id: string) => ({
	method: 'GET',
	path: `/v26.0/${id}`,
	query: { fields: 'id,permalink,media_type,media_product_type,caption,timestamp,username' },
});

const picture = 'https://files.example.org/a.jpg';
const film = 'https://files.example.org/b.mp4';

beforeAll(async () => await useBinaryStore());

describe('publishing on Instagram', () => {
	it('makes a container of an image, waits for it, publishes it and reads the link', async () => {
		serve({ '/a.jpg': jpeg(100, 100), '/%C3%A4.jpg': jpeg(100, 100) });
		const talk = conversation(HOST, [
			['POST', MEDIA, 200, { id: 'c1' }],
			['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'IN_PROGRESS' }],
			['GET', '/v26.0/c1', 200, finished('c1')],
			['POST', PUBLISH, 200, { id: '1' }],
			['GET', '/v26.0/1', 200, shown('1')],
			...post('2'),
		]);
		const first = {
			text: 'Grüße & #hello',
			media: fromUrls({ url: picture, altText: 'A picture' }),
			options: {
				userTags: '@bob 0.25,0.8\ncarol',
				collaborators: '@bob, carol',
				locationId: ' 123 ',
				aiGenerated: true,
			},
		};
		const [result] = await outcome(instagramNode(first));
		expect(result).toEqual({
			platform: 'instagram',
			account: { id: ME, name: 'alice' },
			id: '1',
			url: 'https://www.instagram.com/p/C1/',
			status: 'published',
			publishedAt: '2026-11-21T10:00:00.000Z',
			warnings: [],
		});
		await outcome(instagramNode({ media: fromUrls('/ä.jpg') }));
		expect(said(talk)).toEqual([
			container({
				image_url: picture,
				alt_text: 'A picture',
				caption: 'Grüße & #hello',
				user_tags: '[{"x":0.25,"y":0.8,"username":"bob"},{"x":0.5,"y":0.5,"username":"carol"}]',
				location_id: '123',
				collaborators: '["bob","carol"]',
				is_ai_generated: 'true',
			}),
			status('c1'),
			status('c1'),
			publishing('c1'),
			reading('1'),
			container({ image_url: 'https://files.example.org/%C3%A4.jpg' }),
			status('c2'),
			publishing('c2'),
			reading('2'),
		]);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual(
			Array(9).fill('Bearer IGlong-token-1'),
		);
		talk.done();
	});

	it('makes a Reel of a video, with a cover from beside it, from a URL or from a moment', async () => {
		serve({ '/b.mp4': mp4({ seconds: 10 }), '/a.jpg': jpeg(90, 160) });
		serve({ '/b.mp4': mp4({ seconds: 10 }) });
		serve({ '/b.mp4': mp4({ seconds: 10 }), '/cover.jpg': jpeg(90, 160) });
		const talk = conversation(HOST, [...post('1'), ...post('2'), ...post('3')]);
		const options = { userTags: 'bob 0.1,0.1', audioName: 'Sea', trialReel: 'MANUAL' };
		const cover = { postType: 'reel', shareToFeed: false, ...options };
		await outcome(
			instagramNode({ text: 'One', media: fromUrls('/b.mp4', '/a.jpg'), options: cover }),
		);
		const moment = { thumbOffset: 1500 };
		await outcome(instagramNode({ text: 'Two', media: fromUrls('/b.mp4'), options: moment }));
		const coverUrl = 'https://files.example.org/cover.jpg';
		await outcome(instagramNode({ media: fromUrls('/b.mp4'), options: { ...moment, coverUrl } }));
		expect(madeIn(talk)).toEqual([
			{
				video_url: film,
				media_type: 'REELS',
				share_to_feed: 'false',
				cover_url: picture,
				audio_name: 'Sea',
				trial_params: '{"graduation_strategy":"MANUAL"}',
				user_tags: '[{"username":"bob"}]',
				caption: 'One',
			},
			{
				video_url: film,
				media_type: 'REELS',
				share_to_feed: 'true',
				thumb_offset: '1500',
				caption: 'Two',
			},
			{ video_url: film, media_type: 'REELS', share_to_feed: 'true', cover_url: coverUrl },
		]);
		talk.done();
	});

	it('makes stories, which show no words', async () => {
		serve({ '/a.jpg': jpeg(90, 160) });
		serve({ '/b.mp4': mp4({ seconds: 10 }) });
		const talk = conversation(HOST, [...post('1'), ...post('2')]);
		const options = { postType: 'story', userTags: 'bob' };
		const media = fromUrls({ url: picture, altText: 'Not for stories' });
		const [result] = await outcome(instagramNode({ text: 'Left out', media, options }));
		expect(result).toMatchObject({
			warnings: [
				'a.jpg: alt text is left out here [instagram.alt.unsupported]',
				'A story shows no text: it is left out [instagram.story.text]',
			],
		});
		await outcome(instagramNode({ media: fromUrls('/b.mp4'), options: { postType: 'story' } }));
		expect(madeIn(talk)).toEqual([
			{ image_url: picture, media_type: 'STORIES', user_tags: '[{"username":"bob"}]' },
			{ video_url: film, media_type: 'STORIES' },
		]);
		talk.done();
	});

	it('makes a carousel of several, once each is ready', async () => {
		serve({ '/a.jpg': jpeg(100, 100), '/b.mp4': mp4({ seconds: 10 }), '/c.jpg': jpeg(100, 100) });
		const talk = conversation(HOST, [
			['POST', MEDIA, 200, { id: 'a' }],
			['POST', MEDIA, 200, { id: 'b' }],
			['POST', MEDIA, 200, { id: 'c' }],
			['GET', '/v26.0/a', 200, finished('a')],
			['GET', '/v26.0/b', 200, { id: 'b', status_code: 'IN_PROGRESS' }],
			['GET', '/v26.0/b', 200, finished('b')],
			['GET', '/v26.0/c', 200, finished('c')],
			...post('1', 'parent'),
		]);
		const media = fromUrls({ url: picture, altText: 'A picture' }, '/b.mp4', '/c.jpg');
		const options = { userTags: '3: bob 0.1,0.2\n1: carol', locationId: '123' };
		const [result] = await outcome(instagramNode({ text: 'All', media, options }));
		expect(result).toMatchObject({ id: '1', status: 'published' });
		expect(said(talk)).toEqual([
			container({
				image_url: picture,
				alt_text: 'A picture',
				user_tags: '[{"x":0.5,"y":0.5,"username":"carol"}]',
				is_carousel_item: 'true',
			}),
			container({ video_url: film, media_type: 'VIDEO', is_carousel_item: 'true' }),
			container({
				image_url: 'https://files.example.org/c.jpg',
				user_tags: '[{"x":0.1,"y":0.2,"username":"bob"}]',
				is_carousel_item: 'true',
			}),
			status('a'),
			status('b'),
			status('b'),
			status('c'),
			container({
				media_type: 'CAROUSEL',
				children: 'a,b,c',
				caption: 'All',
				location_id: '123',
			}),
			status('parent'),
			publishing('parent'),
			reading('1'),
		]);
		talk.done();
	});

	it('adds the first comment once it is out, and warns if that fails', async () => {
		serve({ '/a.jpg': jpeg(100, 100) });
		serve({ '/a.jpg': jpeg(100, 100) });
		const denied = { error: { message: 'No permission', type: 'OAuthException', code: 10 } };
		const talk = conversation(HOST, [
			...post('1'),
			['POST', '/v26.0/1/comments', 200, { id: '11' }],
			...post('2'),
			['POST', '/v26.0/2/comments', 403, denied],
		]);
		const options = { firstComment: ' #one #two ' };
		const parameters = { text: 'Hello', media: fromUrls('/a.jpg'), options };
		expect(await outcome(instagramNode(parameters))).toMatchObject([{ warnings: [] }]);
		expect(await outcome(instagramNode(parameters))).toMatchObject([
			{
				id: '2',
				status: 'published',
				warnings: ['Adding the first comment failed: Instagram: No permission (10)'],
			},
		]);
		expect(formOf(talk.requests[4].body)).toEqual({ message: '#one #two' });
		talk.done();
	});

	it('is published although its link cannot be read', async () => {
		serve({ '/a.jpg': jpeg(100, 100) });
		const error = { code: 100, error_subcode: 33, message: 'Unsupported get request.' };
		const talk = conversation(HOST, [
			...post('1').slice(0, 3),
			['GET', '/v26.0/1', 400, { error }],
		]);
		const [result] = await outcome(instagramNode({ text: 'Hello', media: fromUrls('/a.jpg') }));
		expect(result).toMatchObject({
			id: '1',
			status: 'published',
			warnings: [
				'Reading the link of the post failed: Instagram: Unsupported get request. (100/33)',
			],
		});
		talk.done();
	});
});
