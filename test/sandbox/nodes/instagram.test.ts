import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { outcome, type Way } from '@/test/Instagram/setup';
import { userId } from '../instagram/model';
import { asDescribed, held, KINDS, node, publish, sandbox, useInstagram } from './instagramSetup';

useInstagram();

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
const WAYS: Way[] = ['instagramLogin', 'facebookLogin'];
const signed = /^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=[\w.-]+$/;

const withOptions = (kind: string, options: IDataObject) => {
	const { parameters, files } = KINDS[kind];
	return { parameters: { ...parameters, options }, files };
};

describe.each(WAYS)('what arrives by %s', (way) => {
	it('is an image with all that belongs to it, fetched from n8n by a signed URL', async () => {
		const options = {
			collaborators: 'second',
			userTags: 'second 0.25,0.5',
			locationId: '123',
			aiGenerated: true,
			firstComment: '#one',
		};
		const { json } = await publish({ ...withOptions('image', options), way });
		expect(json).toMatchObject({
			status: 'published',
			account: { id: userId('demo'), name: 'demo' },
			warnings: [],
		});
		expect(held()).toMatchObject([
			{
				id: json.id,
				url: json.url,
				account: 'demo',
				text: 'Hello',
				mediaType: 'IMAGE',
				media: [
					{
						type: 'image/jpeg',
						alt: 'A picture',
						sha256: sha256(KINDS.image.files.image.data),
						fetchedFrom: expect.stringMatching(signed),
					},
				],
				options: {
					collaborators: ['second'],
					user_tags: [{ username: 'second', x: 0.25, y: 0.5 }],
					location_id: '123',
					is_ai_generated: true,
				},
			},
		]);
		expect(sandbox.state.comments).toMatchObject([
			{ post: json.id, text: '#one', account: 'demo' },
		]);
		expect(JSON.stringify(json)).not.toContain('token=');
	});

	it('is a Reel, its bytes sent where the host takes them', async () => {
		const options = { shareToFeed: false, thumbOffset: 100, trialReel: 'SS_PERFORMANCE' };
		const { json } = await publish({ ...withOptions('reel', options), way });
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		const [{ media, ...post }] = held();
		expect(post).toMatchObject({
			mediaType: 'REELS',
			options: {
				share_to_feed: false,
				thumb_offset: '100',
				trial_params: { graduation_strategy: 'SS_PERFORMANCE' },
			},
		});
		expect(media[0].sha256).toBe(sha256(KINDS.reel.files.film.data));
		expect(media[0].fetchedFrom !== undefined).toBe(way === 'instagramLogin');
	});

	it('is a carousel and stories', async () => {
		for (const kind of ['carousel', 'story', 'videoStory']) {
			const { json } = await publish({ ...KINDS[kind], way });
			expect(json).toMatchObject({ status: 'published', warnings: [] });
		}
		const { image, second, film } = KINDS.carousel.files;
		expect(held()).toMatchObject([
			{
				mediaType: 'CAROUSEL',
				text: 'Hello',
				media: [
					{ alt: 'One', sha256: sha256(image.data) },
					{ alt: 'Two', sha256: sha256(second.data) },
					{ type: 'video/mp4', sha256: sha256(film.data) },
				],
			},
			{ mediaType: 'STORIES', media: [{ type: 'image/jpeg' }] },
			{ mediaType: 'STORIES', media: [{ type: 'video/mp4' }] },
		]);
	});
});

describe('processing', () => {
	it.each(['image', 'reel', 'uploadedReel'])('of a slow %s is waited for', async (kind) => {
		sandbox.faults.next('container', { kind: 'slow-processing', polls: 8 });
		expect((await publish(KINDS[kind])).json).toMatchObject({ status: 'published' });
		expect(held()).toHaveLength(1);
	});

	it.each(['image', 'reel', 'carousel', 'uploadedReel', 'uploadedCarousel'])(
		'of a %s that takes too long is finished by Resume, once',
		async (kind) => {
			sandbox.faults.next('container', { kind: 'slow-processing', polls: 3 });
			const { parameters, files, way } = KINDS[kind];
			const options = { processingWait: 0, firstComment: '#one' };
			const { json } = await publish({ parameters: { ...parameters, options }, files, way });
			expect(json).toMatchObject({ status: 'processing' });
			expect(held()).toHaveLength(0);
			const made = sandbox.state.containers.length;

			const resume = { ...(json.resume as IDataObject), options: {} };
			const [done] = await outcome(node({ operation: 'resume', resume }, way));
			expect(done).toMatchObject({ id: held()[0].id, status: 'published' });
			const [again] = await outcome(node({ operation: 'resume', resume }, way));
			expect(again).toMatchObject({ id: done.id, status: 'already_published' });
			expect(held()).toHaveLength(1);
			expect(sandbox.state.comments).toHaveLength(1);
			const parent = /carousel/i.test(kind) ? 1 : 0;
			expect(sandbox.state.containers.length - made).toBe(parent);
		},
	);
});

describe.each(WAYS)('an account by %s', (way) => {
	const ask = async (parameters: IDataObject) => await outcome(node(parameters, way));

	it('reads what it has, comments and counts', async () => {
		const one = (await publish({ ...KINDS.image, way })).json;
		const reel = (await publish({ ...KINDS.reel, way })).json;
		const story = (await publish({ ...KINDS.story, way })).json;
		const list = { operation: 'getAll', returnAll: true, simplify: true };
		expect(await ask(list)).toMatchObject([
			{ id: reel.id, type: 'REEL', text: 'Hello' },
			{ id: one.id, type: 'IMAGE' },
		]);
		expect(await ask({ ...list, list: 'stories' })).toMatchObject([{ id: story.id }]);
		const post = { __rl: true, mode: 'url', value: one.url };
		expect(await ask({ operation: 'get', post, simplify: false })).toMatchObject([
			{ id: one.id, caption: 'Hello', alt_text: 'A picture' },
		]);

		const stranger = sandbox.state.addComment({
			post: String(one.id),
			account: 'stranger',
			text: 'Hi',
		});
		const comment = { resource: 'comment', comment: stranger.id };
		await ask({ ...comment, operation: 'reply', message: 'Hello' });
		await ask({ ...comment, operation: 'hide', hidden: true });
		await ask({ resource: 'comment', operation: 'create', post, message: 'First' });
		expect(
			await ask({
				resource: 'comment',
				operation: 'getAll',
				post,
				returnAll: true,
				simplify: true,
			}),
		).toMatchObject([
			{ text: 'First', author: 'demo' },
			{ text: 'Hi', author: 'stranger', hidden: true },
		]);
		await ask({ ...comment, operation: 'delete' });
		expect(sandbox.state.comments.map(({ text }) => text)).toEqual(['First']);

		const insights = { operation: 'insights', simplify: true };
		expect(await ask({ ...insights, post, metrics: ['views', 'reach'] })).toEqual([
			{ id: one.id, views: 3, reach: 3 },
		]);
		const account = { resource: 'account' };
		expect(await ask({ ...account, ...insights, metrics: ['views'] })).toEqual([
			{ id: userId('demo'), views: 5 },
		]);
		expect(await ask({ ...account, operation: 'publishingLimit' })).toMatchObject([
			{ used: 3, total: 100, left: 97 },
		]);
	});

	it('reads every reply to a comment', async () => {
		const { json } = await publish({ ...KINDS.image, way });
		const told = { post: String(json.id), account: 'stranger' };
		const { id } = sandbox.state.addComment({ ...told, text: 'Hi' });
		const count = 130;
		for (let number = 1; number <= count; number++) {
			sandbox.state.addComment({ ...told, parent: id, text: `${number}` });
		}
		const post = { __rl: true, mode: 'id', value: json.id };
		const list = { resource: 'comment', operation: 'getAll', post, returnAll: true };
		for (const simplify of [true, false]) {
			const [{ replies }] = await ask({ ...list, simplify });
			const all = (simplify ? replies : (replies as IDataObject).data) as IDataObject[];
			expect(all.map(({ text }) => text)).toEqual(
				Array.from({ length: count }, (_, index) => `${count - index}`),
			);
			expect(JSON.stringify(replies)).not.toContain('access_token');
		}
	});

	it('is deleted from only where that is possible', async () => {
		const { json } = await publish({ ...KINDS.image, way });
		const post = { __rl: true, mode: 'id', value: json.id };
		const [result] = await ask({ operation: 'delete', post });
		expect(held()).toHaveLength(way === 'facebookLogin' ? 0 : 1);
		expect(result).toMatchObject(
			way === 'facebookLogin' ? { deleted: true } : { error: { rule: 'instagram.delete.login' } },
		);
	});

	it('tells whose it is, and which it reaches', async () => {
		const facebook = way === 'facebookLogin';
		const own = { id: userId('demo'), name: 'demo' };
		const [found] = await ask({ resource: 'account', operation: 'get' });
		expect(found).toMatchObject({ account: facebook ? { name: 'demo' } : own, warnings: [] });
		const all = await ask({ resource: 'account', operation: 'getAll', returnAll: true });
		const other = { id: userId('second'), name: 'second' };
		expect(all).toEqual(facebook ? [own, other] : [own]);
		if (!facebook) return;
		const target = { __rl: true, mode: 'id', value: '@second' };
		const posted = await publish({
			parameters: { ...KINDS.image.parameters, target },
			files: KINDS.image.files,
			way,
		});
		expect(posted.json).toMatchObject({ account: other });
		expect(held()).toMatchObject([{ account: 'second' }]);
	});
});

it('asked Instagram only for what Meta describes', asDescribed);
