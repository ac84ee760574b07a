import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { conversation, type Line } from '@/test/support/conversation';
import { mp4, png } from '@/test/support/mediaFixtures';
import { finished, fromUrls, HOST, madeIn, outcome, post, shown, threadsNode } from './setup';

const creating = '/v1.0/me/threads';
const busy = (id: string) => ({ id, status: 'IN_PROGRESS' });
const now = () => new Date(Date.now()).toISOString().replace(/\.\d+Z$/, '+0000');
const atOnce = { processingWait: 0 };

const FILES = { '/a.png': png(100, 80), '/b.mp4?signature=s3cret': mp4() };
const serve = (...paths: Array<keyof typeof FILES>) => {
	for (const path of paths) nock('https://files.example.org').get(path).reply(200, FILES[path]);
};
const picture = { url: 'https://files.example.org/a.png', altText: 'A picture' };
const film = { url: 'https://files.example.org/b.mp4?signature=s3cret' };

const resuming = async (resume: unknown) =>
	await outcome(threadsNode({ operation: 'resume', resume: resume as IDataObject }));

describe('a post that is still processing when the time is over', () => {
	it('is finished by Resume without a second container', async () => {
		serve('/b.mp4?signature=s3cret');
		const talk = conversation(HOST, [
			['POST', creating, 200, { id: 'c1' }],
			['GET', '/v1.0/c1', 200, busy('c1')],
			['GET', '/v1.0/c1', 200, busy('c1')],
			...post('1').slice(1),
		]);
		const node = threadsNode({ text: 'Film', media: fromUrls(film), options: atOnce });
		const [waiting] = await outcome(node);
		expect(waiting).toEqual({
			platform: 'threads',
			account: { id: '99', name: 'alice' },
			id: 'c1',
			status: 'processing',
			publishedAt: expect.any(String),
			warnings: [],
			resume: {
				platform: 'threads',
				published: [],
				rest: [expect.objectContaining({ text: 'Film', media: [] })],
				options: atOnce,
				pending: {
					container: 'c1',
					type: 'VIDEO',
					text: 'Film',
					reply: false,
					since: expect.any(Number),
				},
			},
		});
		expect(await outcome(node)).toEqual([waiting]);
		const [still] = await resuming(waiting.resume);
		expect(still).toMatchObject({ id: 'c1', status: 'processing', resume: waiting.resume });
		expect(await resuming(still.resume)).toMatchObject([
			{ id: '1', url: 'https://www.threads.net/@alice/post/C1', status: 'published' },
		]);
		expect(madeIn(talk)).toHaveLength(1);
		talk.done();
	});

	it('is finished as a carousel whose items were not ready, with what belongs to it', async () => {
		serve('/a.png', '/b.mp4?signature=s3cret');
		const talk = conversation(HOST, [
			['POST', creating, 200, { id: 'a' }],
			['POST', creating, 200, { id: 'b' }],
			['GET', '/v1.0/a', 200, finished('a')],
			['GET', '/v1.0/b', 200, busy('b')],
			['GET', creating, 200, { data: [shown('0', { text: 'Both' })] }],
			['GET', '/v1.0/a', 200, finished('a')],
			['GET', '/v1.0/b', 200, finished('b')],
			...post('1', 'parent'),
		]);
		const options = { ...atOnce, topicTag: 'Cats' };
		const [waiting] = await outcome(
			threadsNode({ text: 'Both', media: fromUrls(picture, film), options }),
		);
		const { pending } = waiting.resume as IDataObject;
		expect(pending).toEqual({
			children: ['a', 'b'],
			fields: { text: 'Both', topic_tag: 'Cats' },
			type: 'CAROUSEL',
			text: 'Both',
			reply: false,
			since: expect.any(Number),
		});
		expect(await resuming(JSON.stringify(waiting.resume))).toMatchObject([{ id: '1' }]);
		expect(madeIn(talk).slice(2)).toEqual([
			{ media_type: 'CAROUSEL', children: 'a,b', text: 'Both', topic_tag: 'Cats' },
		]);
		talk.done();
	});

	it('goes on with the rest of a thread', async () => {
		serve('/b.mp4?signature=s3cret');
		const talk = conversation(HOST, [
			['POST', creating, 200, { id: 'c1' }],
			['GET', '/v1.0/c1', 200, busy('c1')],
			...post('1').slice(1),
			...post('2'),
		]);
		const thread = { post: [{ text: 'Two' }] };
		const [waiting] = await outcome(
			threadsNode({ text: 'One', media: fromUrls(film), thread, options: atOnce }),
		);
		expect(await resuming(waiting.resume)).toMatchObject([
			{ id: '1', status: 'published', thread: [{ id: '1' }, { id: '2' }] },
		]);
		expect(madeIn(talk).slice(1)).toEqual([{ media_type: 'TEXT', text: 'Two', reply_to_id: '1' }]);
		talk.done();
	});

	const pending = { container: 'c1', type: 'TEXT', text: 'Hello', reply: true, since: Date.now() };
	const state = {
		platform: 'threads',
		published: [],
		rest: [{ text: 'Hello', media: [] }],
		options: {},
		pending,
	};

	it('is found if it was published meanwhile, an answer among the answers', async () => {
		const talk = conversation(HOST, [
			['GET', '/v1.0/c1', 200, { id: 'c1', status: 'PUBLISHED' }],
			['GET', '/v1.0/me/replies', 200, { data: [shown('1', { timestamp: now() })] }],
		]);
		expect(await resuming(state)).toMatchObject([{ id: '1', status: 'already_published' }]);
		talk.done();
	});

	it('is refused after a day', async () => {
		conversation(HOST, [['GET', '/v1.0/c1', 200, { id: 'c1', status: 'EXPIRED' }]]);
		const [{ error }] = await resuming(state);
		expect(error).toMatchObject({
			code: 'platform_rejected',
			rule: 'threads.container.EXPIRED',
			remediation: 'Publish the post again: what Threads prepared is kept for a day only.',
		});
	});
});

describe('a carousel that an earlier Resume may have published', () => {
	const found = (id: string, change: object = {}) =>
		shown(id, {
			media_type: 'CAROUSEL_ALBUM',
			timestamp: now(),
			children: { data: [{ id: '1' }, { id: '2' }] },
			...change,
		});
	const waiting = (children: string[], text: string) => ({
		platform: 'threads',
		published: [],
		rest: [{ text, media: [] }],
		options: {},
		pending: { children, fields: {}, type: 'CAROUSEL', text, reply: false, since: Date.now() },
	});
	const finishing = (children: string[], id: string): Line[] => [
		...children.map((child): Line => ['GET', `/v1.0/${child}`, 200, finished(child)]),
		...post(id),
	];

	it('is not taken for another one with the same words', async () => {
		const [first, second] = [waiting(['g', 'h'], 'Twins'), waiting(['i', 'j'], 'Twins')];
		const talk = conversation(HOST, [
			['GET', creating, 200, { data: [] }],
			...finishing(['g', 'h'], '71'),
			['GET', creating, 200, { data: [found('71', { text: 'Twins' })] }],
			...finishing(['i', 'j'], '72'),
			['GET', creating, 200, { data: ['72', '71'].map((id) => found(id, { text: 'Twins' })) }],
		]);
		expect(await resuming(first)).toMatchObject([{ id: '71', status: 'published' }]);
		expect(await resuming(second)).toMatchObject([{ id: '72', status: 'published' }]);
		expect(await resuming(first)).toMatchObject([{ id: '71', status: 'already_published' }]);
		talk.done();
	});

	it('is left to a person if it has no words', async () => {
		const talk = conversation(HOST, [
			['GET', creating, 200, { data: [found('61', { text: '' })] }],
		]);
		const [{ error }] = await resuming(waiting(['e', 'f'], ''));
		expect(error).toMatchObject({
			code: 'outcome_unknown',
			rule: 'threads.resume.unclear',
			message: expect.stringContaining('https://www.threads.net/@alice/post/C61'),
		});
		talk.done();
	});
});
