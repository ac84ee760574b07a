import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { outcome } from '@/test/Threads/setup';
import {
	asDescribed,
	failureOf,
	held,
	KINDS,
	node,
	publish,
	sandbox,
	useThreads,
} from './threadsSetup';

useThreads();

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
const thread = { text: 'One', thread: { post: [{ text: 'Two' }, { text: 'Three' }] } };

describe('what arrives', () => {
	it('is the text with all that belongs to it', async () => {
		const options = { topicTag: '#Book Threads', replyControl: 'mentioned_only' };
		const link = 'https://example.org/a?b=1&c=2';
		const { json } = await publish({ parameters: { text: 'Grüße & 🙂 #1', link, options } });
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		expect(sandbox.state.posts).toMatchObject([
			{
				id: json.id,
				url: json.url,
				text: 'Grüße & 🙂 #1',
				mediaType: 'TEXT',
				options: {
					topic_tag: 'Book Threads',
					reply_control: 'mentioned_only',
					link_attachment: link,
				},
			},
		]);
	});

	it('is a carousel fetched from n8n by signed URLs that nobody else gets to see', async () => {
		const { json } = await publish(KINDS.carousel);
		const { image, second, film } = KINDS.carousel.files!;
		expect(sandbox.state.posts).toMatchObject([
			{
				text: 'Hello',
				mediaType: 'CAROUSEL',
				media: [
					{ type: 'image/png', alt: 'One', sha256: sha256(image.data) },
					{ type: 'image/png', alt: 'Two', sha256: sha256(second.data) },
					{ type: 'video/mp4', alt: 'Three', sha256: sha256(film.data) },
				],
			},
		]);
		const signed = /^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=[\w.-]+$/;
		expect(sandbox.state.fetched.map(({ url }) => url)).toEqual(
			Array(3).fill(expect.stringMatching(signed)),
		);
		expect(JSON.stringify(json)).not.toContain('token=');
	});

	it('is a poll, a reply, a quote', async () => {
		for (const kind of ['poll', 'reply', 'quote']) {
			const { json } = await publish(KINDS[kind]);
			expect(json).toMatchObject({ status: 'published', warnings: [] });
		}
		const targets = sandbox.state.posts.filter(({ text }) => text === 'Target');
		expect(held()).toMatchObject([
			{ options: { poll_attachment: { option_a: 'yes', option_b: 'no' } } },
			{ replyTo: targets[0].id },
			{ quoteOf: targets[1].id },
		]);
	});

	it('is a thread in which each part answers the one before', async () => {
		const { json } = await publish({ parameters: thread });
		const [one, two, three] = sandbox.state.posts;
		expect(sandbox.state.posts.map(({ text, replyTo }) => [text, replyTo])).toEqual([
			['One', undefined],
			['Two', one.id],
			['Three', two.id],
		]);
		expect(json).toMatchObject({ id: one.id, thread: [{ id: one.id }, {}, { id: three.id }] });
	});
});

describe('processing', () => {
	it.each(['image', 'video'])('of a slow %s is waited for', async (kind) => {
		sandbox.faults.next('container', { kind: 'slow-processing', polls: 8 });
		expect((await publish(KINDS[kind])).json).toMatchObject({ status: 'published' });
		expect(held()).toHaveLength(1);
	});

	it.each(['text', 'video', 'carousel'])(
		'of a %s that takes too long is finished by Resume, once',
		async (kind) => {
			sandbox.faults.next('container', { kind: 'slow-processing', polls: 3 });
			const { parameters, files } = KINDS[kind];
			const options = { processingWait: 0 };
			const { json } = await publish({ parameters: { ...parameters, options }, files });
			expect(json).toMatchObject({ status: 'processing' });
			expect(held()).toHaveLength(0);
			const made = sandbox.state.containers.length;

			const resume = json.resume as IDataObject;
			const patient = { ...resume, options: {} };
			const [done] = await outcome(node({ operation: 'resume', resume: patient }));
			expect(done).toMatchObject({ id: held()[0].id, status: 'published' });
			const [again] = await outcome(node({ operation: 'resume', resume: patient }));
			expect(again).toMatchObject({ id: done.id, status: 'already_published' });
			expect(held()).toHaveLength(1);
			expect(sandbox.state.containers.length - made).toBe(kind === 'carousel' ? 1 : 0);
		},
	);
});

describe('a thread', () => {
	it('that breaks off names what is out, and goes on from there', async () => {
		sandbox.faults.next('publish', { kind: 'none' }, { kind: 'refused' });
		const { json } = await publish({ parameters: thread });
		const failed = failureOf(json);
		expect(failed).toMatchObject({
			code: 'platform_rejected',
			published: [{ id: held()[0].id }],
		});
		const resume = failed.resume as IDataObject;
		const [rest] = await outcome(node({ operation: 'resume', resume }));
		expect(rest).toMatchObject({ status: 'published', thread: [{}, {}, {}] });
		expect(held().map(({ text }) => text)).toEqual(['One', 'Two', 'Three']);
	});

	it('is not doubled when n8n runs the node again', async () => {
		const { json, again } = await publish({ parameters: thread });
		expect(await again()).toEqual(json);
		expect(held()).toHaveLength(3);
	});
});

describe('an account', () => {
	it('reads its posts, replies and limit, and deletes', async () => {
		const [one, two] = [await publish(KINDS.text), await publish(KINDS.poll)];
		const reply = { text: 'Yes', options: { replyTo: one.json.url } };
		await outcome(node(reply));
		const list = { operation: 'getAll', returnAll: true, simplify: true };
		expect(await outcome(node(list))).toMatchObject([{ id: two.json.id }, { id: one.json.id }]);

		const post = { __rl: true, mode: 'url', value: one.json.url };
		const replies = {
			resource: 'reply',
			operation: 'getAll',
			returnAll: true,
			simplify: true,
			post,
		};
		expect(await outcome(node(replies))).toMatchObject([{ text: 'Yes', author: 'demo' }]);
		const get = { operation: 'get', simplify: false, post };
		expect(await outcome(node(get))).toMatchObject([{ id: one.json.id, text: 'Hello' }]);
		expect(await outcome(node({ operation: 'delete', post }))).toMatchObject([
			{ id: one.json.id, deleted: true },
		]);
		expect(held().map(({ text }) => text)).toEqual(['Hello', 'Yes']);
		const limit = { resource: 'account', operation: 'publishingLimit' };
		expect(await outcome(node(limit))).toMatchObject([
			{ posts: { used: 2, left: 248 }, replies: { used: 1 }, deletions: { used: 1 } },
		]);
	});
});

it('asked Threads only for what Meta describes', asDescribed);
