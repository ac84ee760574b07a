import nock from 'nock';

import { conversation } from '@/test/support/conversation';
import { jpeg, mp4, png } from '@/test/support/mediaFixtures';
import {
	finished,
	formOf,
	fromUrls,
	HOST,
	madeIn,
	outcome,
	post,
	shown,
	threadsNode,
} from './setup';

type Talk = ReturnType<typeof conversation>;

const said = ({ requests }: Talk) =>
	requests.map(({ method, path, query, body }) => ({
		method,
		path,
		...(Object.keys(query).length > 0 && { query }),
		...(body !== '' && { body: formOf(body) }),
	}));

const container = (body: Record<string, string>) => ({
	method: 'POST',
	path: '/v1.0/me/threads',
	body,
});
const status = (id: string) => ({
	method: 'GET',
	path: `/v1.0/${id}`,
	query: { fields: 'id,status,error_message' },
});
const publishing = (id: string) => ({
	method: 'POST',
	path: '/v1.0/me/threads_publish',
	body: { creation_id: id },
});
const reading = (id: string) => ({
	method: 'GET',
	path: `/v1.0/${id}`,
	query: { fields: 'id,permalink,media_type,text,timestamp' },
});

const serve = (files: Record<string, Buffer>) => {
	for (const [path, file] of Object.entries(files)) {
		const headers = { 'content-length': String(file.length) };
		nock('https://files.example.org').get(path).reply(200, file, headers);
	}
};

describe('publishing on Threads', () => {
	it('makes a container, waits for it, publishes it and reads the link', async () => {
		const talk = conversation(HOST, [
			['POST', '/v1.0/me/threads', 200, { id: 'c1' }],
			['GET', '/v1.0/c1', 200, { id: 'c1', status: 'IN_PROGRESS' }],
			['GET', '/v1.0/c1', 200, finished('c1')],
			['POST', '/v1.0/me/threads_publish', 200, { id: '1' }],
			['GET', '/v1.0/1', 200, shown('1')],
			...post('2'),
		]);
		const node = threadsNode({ text: 'Grüße & #hello' });
		const [first, second] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(first).toEqual({
			platform: 'threads',
			account: { id: '99', name: 'alice' },
			id: '1',
			url: 'https://www.threads.net/@alice/post/C1',
			status: 'published',
			publishedAt: '2026-11-21T10:00:00.000Z',
			warnings: [],
		});
		expect(second).toMatchObject({ id: '2', url: 'https://www.threads.net/@alice/post/C2' });
		const text = container({ media_type: 'TEXT', text: 'Grüße & #hello' });
		expect(said(talk)).toEqual([
			text,
			status('c1'),
			status('c1'),
			publishing('c1'),
			reading('1'),
			text,
			status('c2'),
			publishing('c2'),
			reading('2'),
		]);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual(
			Array(9).fill('Bearer long-token-1'),
		);
		talk.done();
	});

	it('attaches a link to a text, and writes it into the text of others', async () => {
		const link = 'https://example.org/a?b=1';
		serve({ '/a.png': png(100, 80) });
		const talk = conversation(HOST, [...post('1'), ...post('2'), ...post('3'), ...post('4')]);
		const variants = [
			{ text: 'Hello', link },
			{ text: '', link },
			{ text: 'Hello', link, options: { poll: 'yes\nno' } },
			{ text: 'Hello', link, media: fromUrls({ url: 'https://files.example.org/a.png' }) },
		];
		for (const parameters of variants) await outcome(threadsNode(parameters));
		expect(madeIn(talk)).toEqual([
			{ media_type: 'TEXT', text: 'Hello', link_attachment: link },
			{ media_type: 'TEXT', text: link },
			{
				media_type: 'TEXT',
				text: `Hello\n\n${link}`,
				poll_attachment: '{"option_a":"yes","option_b":"no"}',
			},
			{
				media_type: 'IMAGE',
				image_url: 'https://files.example.org/a.png',
				text: `Hello\n\n${link}`,
			},
		]);
		talk.done();
	});

	it('sends an image and a video with their alt text', async () => {
		serve({ '/%C3%A4.png': png(100, 80), '/b.mp4': mp4() });
		const talk = conversation(HOST, [...post('1'), ...post('2')]);
		const image = { url: 'https://files.example.org/ä.png', altText: 'A picture' };
		const video = { url: 'https://files.example.org/b.mp4', altText: 'A film' };
		await outcome(threadsNode({ text: 'One', media: fromUrls(image) }));
		await outcome(threadsNode({ media: fromUrls(video) }));
		expect(madeIn(talk)).toEqual([
			{
				media_type: 'IMAGE',
				image_url: 'https://files.example.org/%C3%A4.png',
				alt_text: 'A picture',
				text: 'One',
			},
			{ media_type: 'VIDEO', video_url: 'https://files.example.org/b.mp4', alt_text: 'A film' },
		]);
		talk.done();
	});

	it('makes a carousel of several, once each is ready', async () => {
		serve({ '/a.jpg': jpeg(100, 80), '/b.mp4': mp4() });
		const talk = conversation(HOST, [
			['POST', '/v1.0/me/threads', 200, { id: 'a' }],
			['POST', '/v1.0/me/threads', 200, { id: 'b' }],
			['GET', '/v1.0/a', 200, finished('a')],
			['GET', '/v1.0/b', 200, { id: 'b', status: 'IN_PROGRESS' }],
			['GET', '/v1.0/b', 200, finished('b')],
			...post('1', 'parent'),
		]);
		const media = fromUrls(
			{ url: 'https://files.example.org/a.jpg', altText: 'A picture' },
			{ url: 'https://files.example.org/b.mp4' },
		);
		const options = { topicTag: '#Book Threads' };
		const [result] = await outcome(threadsNode({ text: 'Both', media, options }));
		expect(result).toMatchObject({ id: '1', status: 'published' });
		expect(said(talk)).toEqual([
			container({
				media_type: 'IMAGE',
				image_url: 'https://files.example.org/a.jpg',
				alt_text: 'A picture',
				is_carousel_item: 'true',
			}),
			container({
				media_type: 'VIDEO',
				video_url: 'https://files.example.org/b.mp4',
				is_carousel_item: 'true',
			}),
			status('a'),
			status('b'),
			status('b'),
			container({
				media_type: 'CAROUSEL',
				children: 'a,b',
				text: 'Both',
				topic_tag: 'Book Threads',
			}),
			status('parent'),
			publishing('parent'),
			reading('1'),
		]);
		talk.done();
	});

	it('replies and quotes by ID, or by the URL of an own post', async () => {
		const next = `${HOST}/v1.0/me/threads?access_token=long-token-1`;
		const first = [{ id: '5', shortcode: 'Other' }];
		const second = [{ id: '6', shortcode: 'DAb_-9' }];
		const path = '/v1.0/me/threads';
		const talk = conversation(HOST, [
			['GET', path, 200, { data: first, paging: { cursors: { after: 'p2' }, next } }],
			['GET', path, 200, { data: second, paging: { cursors: { after: 'p3' } } }],
			...post('1'),
		]);
		const options = {
			replyTo: 'https://www.threads.com/@alice/post/DAb_-9?x=1',
			quote: '17900000000000001',
			replyControl: 'mentioned_only',
		};
		await outcome(threadsNode({ text: 'Yes', options }));
		const fields = 'id,shortcode';
		expect(said(talk).slice(0, 3)).toEqual([
			{ method: 'GET', path, query: { fields, limit: '100' } },
			{ method: 'GET', path, query: { fields, limit: '100', after: 'p2' } },
			container({
				media_type: 'TEXT',
				text: 'Yes',
				reply_to_id: '6',
				quote_post_id: '17900000000000001',
				reply_control: 'mentioned_only',
			}),
		]);
		talk.done();
	});

	it('hangs each part of a thread on the one before; options are the first one’s', async () => {
		const talk = conversation(HOST, [...post('1'), ...post('2'), ...post('3')]);
		const [result] = await outcome(
			threadsNode({
				text: 'One',
				thread: { post: [{ text: 'Two' }, { text: 'Three' }] },
				options: { topicTag: 'Cats', poll: 'a\nb\nc\nd', quote: '7' },
			}),
		);
		expect(result).toMatchObject({
			id: '1',
			status: 'published',
			thread: [{ id: '1' }, { id: '2' }, { id: '3' }],
		});
		expect(madeIn(talk)).toEqual([
			{
				media_type: 'TEXT',
				text: 'One',
				quote_post_id: '7',
				topic_tag: 'Cats',
				poll_attachment: '{"option_a":"a","option_b":"b","option_c":"c","option_d":"d"}',
			},
			{ media_type: 'TEXT', text: 'Two', reply_to_id: '1' },
			{ media_type: 'TEXT', text: 'Three', reply_to_id: '2' },
		]);
		talk.done();
	});

	it('keeps the attached link with the first part of a long text', async () => {
		const talk = conversation(HOST, [...post('1'), ...post('2')]);
		const text = `${'a'.repeat(300)}. ${'b'.repeat(300)}.`;
		const options = { longText: 'thread', numbering: false };
		await outcome(threadsNode({ text, link: 'https://example.org/', options }));
		expect(madeIn(talk)).toEqual([
			{
				media_type: 'TEXT',
				text: `${'a'.repeat(300)}.`,
				link_attachment: 'https://example.org/',
			},
			{ media_type: 'TEXT', text: `${'b'.repeat(300)}.`, reply_to_id: '1' },
		]);
		talk.done();
	});

	it('is published although its link cannot be read', async () => {
		const error = { code: 100, error_subcode: 33, message: 'Unsupported get request.' };
		const talk = conversation(HOST, [...post('1').slice(0, 3), ['GET', '/v1.0/1', 400, { error }]]);
		const [result] = await outcome(threadsNode({ text: 'Hello' }));
		expect(result).toMatchObject({
			id: '1',
			status: 'published',
			warnings: ['Reading the link of the post failed: Threads: Unsupported get request. (100/33)'],
		});
		expect(result).not.toHaveProperty('url');
		talk.done();
	});
});
