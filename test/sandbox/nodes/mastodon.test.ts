import type { IDataObject } from 'n8n-workflow';

import { outcome } from '../../Mastodon/setup';
import { png } from '../../support/mediaFixtures';
import type { Fault } from '..';
import {
	asDescribed,
	failureOf,
	held,
	KINDS,
	later,
	node,
	open,
	publish,
	sandbox,
} from './mastodonSetup';

describe('what arrives', () => {
	it('is the text, the media with alt text, and the options', async () => {
		await publish({
			...KINDS.images(),
			options: {
				contentWarning: 'News',
				visibility: 'unlisted',
				language: 'de',
				quotePolicy: 'nobody',
			},
		});
		expect(sandbox.state.posts).toMatchObject([
			{
				text: 'Two',
				media: [
					{
						type: 'image/png',
						alt: 'Alt one',
						filename: 'one.png',
						width: 8,
						height: 6,
						length: png(8, 6).length,
					},
					{ type: 'image/png', alt: 'Alt two', filename: 'two.png', width: 9 },
				],
				options: {
					visibility: 'unlisted',
					spoiler_text: 'News',
					sensitive: true,
					language: 'de',
					quote_approval_policy: 'nobody',
					idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
				},
			},
		]);
	});

	it('is found by its media where the key is known but answered with 500', async () => {
		await open({ idempotencyBug: true });
		sandbox.faults.next('publish', { kind: 'cut-after' });
		expect(await publish(KINDS.images())).toMatchObject({
			status: 'already_published',
			id: held()[0].id,
		});
		expect(held()).toHaveLength(1);
	});
});

describe('media', () => {
	it.each<[string, Fault]>([
		['at once', { kind: 'media-refused' }],
		['in processing', { kind: 'media-refused', late: true }],
	])('that are refused %s keep the post back', async (_when, fault) => {
		sandbox.faults.next('upload', fault);
		expect(failureOf(await publish(KINDS.images()))).toMatchObject({ code: 'media_rejected' });
		expect(held()).toEqual([]);
	});

	it.each(['5xx-before', '5xx-after', 'cut-before', 'cut-after'])(
		'are sent again after %s',
		async (kind) => {
			sandbox.faults.next('upload', { kind });
			expect(await publish(KINDS.video())).toMatchObject({ status: 'published' });
			expect(held()).toHaveLength(1);
		},
	);

	it('are waited for', async () => {
		sandbox.faults.next('upload', { kind: 'slow-processing', polls: 5 });
		expect(await publish(KINDS.video())).toMatchObject({ status: 'published' });
		expect(sandbox.requests.filter(({ operation }) => operation === 'upload.status')).toHaveLength(
			6,
		);
	});
});

describe('a thread', () => {
	const thread = () => ({ text: 'One', thread: { post: [{ text: 'Two' }, { text: 'Three' }] } });

	it('names what is out when a part fails, and goes on from there', async () => {
		sandbox.faults.next('publish', { kind: 'none' }, { kind: 'refused' });
		const failed = failureOf(await publish(thread()));
		expect(failed).toMatchObject({ code: 'platform_rejected', published: [{ id: held()[0].id }] });
		expect(held()).toHaveLength(1);
		const rest = await publish({ operation: 'resume', resume: failed.resume });
		expect(rest).toMatchObject({ status: 'published', thread: [{}, {}, {}] });
		expect(sandbox.state.posts.map(({ text, replyTo }) => [text, replyTo])).toEqual([
			['One', undefined],
			['Two', sandbox.state.posts[0].id],
			['Three', sandbox.state.posts[1].id],
		]);
	});

	it('is not doubled when n8n runs the node again', async () => {
		const tried = node(thread());
		const [first] = await outcome(tried);
		const [again] = await outcome(tried);
		expect(again).toEqual(first);
		expect(held()).toHaveLength(3);
	});

	it('cannot be scheduled', async () => {
		const error = failureOf(await publish({ ...thread(), options: { scheduledAt: later() } }));
		expect(error).toMatchObject({ code: 'validation_failed', rule: 'mastodon.schedule.thread' });
		expect(held()).toEqual([]);
	});
});

describe.each(['v1', 'minimal'] as const)('a server of the kind %s', (dialect) => {
	beforeEach(async () => await open({ dialect, maxCharacters: 700 }));

	it.each(['text', 'images', 'video', 'poll', 'warning', 'reply'])(
		'takes a post of kind %s',
		async (kind) => {
			const json = await publish(KINDS[kind]());
			expect(json).toMatchObject({ status: 'published', warnings: [] });
			expect(held().map(({ id }) => id)).toEqual([json.id]);
		},
	);

	it.each(['5xx-before', '5xx-after', 'cut-before', 'cut-after'])(
		'gets no post twice on %s',
		async (kind) => {
			sandbox.faults.next('publish', { kind });
			const json = await publish(KINDS.images());
			const out = kind.endsWith('after');
			expect(out ? json.id : failureOf(json).code).toBe(out ? held()[0].id : 'outcome_unknown');
			expect(held()).toHaveLength(out ? 1 : 0);
		},
	);

	it('is asked for its own limit', async () => {
		expect(await publish({ text: 'a'.repeat(700) })).toMatchObject({ status: 'published' });
		expect(failureOf(await publish({ text: 'a'.repeat(701) }))).toMatchObject({
			code: 'validation_failed',
			problems: [{ rule: 'mastodon.text.length', limit: 700, actual: 701 }],
		});
	});

	it('has no quotes', async () => {
		expect(failureOf(await publish(KINDS.quote()))).toMatchObject({
			rule: 'mastodon.quote.unsupported',
		});
	});
});

it('tells where a server has published what it was to schedule', async () => {
	await open({ dialect: 'minimal' });
	expect(await publish(KINDS.scheduled())).toMatchObject({
		status: 'published',
		warnings: ['This server does not schedule posts: it published the post at once'],
	});
});

describe('operations', () => {
	it('get, edit, boost, list and delete posts of any kind', async () => {
		const { id } = await publish({ ...KINDS.images(), options: { contentWarning: 'News' } });
		const polled = await publish(KINDS.poll());
		const on = async (operation: string, post: unknown, more: IDataObject = {}) =>
			(
				await outcome(
					node({
						operation,
						post: { __rl: true, mode: 'id', value: post },
						simplify: true,
						...more,
					}),
				)
			)[0];
		expect(await on('edit', id, { text: 'Edited' })).toMatchObject({
			text: 'Edited',
			contentWarning: 'News',
		});
		expect(sandbox.state.posts[0]).toMatchObject({
			text: 'Edited',
			media: [{ alt: 'Alt one' }, { alt: 'Alt two' }],
		});
		await on('edit', polled.url, { text: 'What?' });
		expect(sandbox.state.posts[1]).toMatchObject({
			text: 'What?',
			options: { poll: { options: ['this', 'that'] } },
		});
		expect(await on('boost', id)).toMatchObject({ boostOf: id });
		expect(await on('get', id)).toMatchObject({ boosts: 1 });
		await on('unboost', id);
		const list = { operation: 'getAll', returnAll: true, simplify: true, replies: true };
		expect((await outcome(node(list))).map(({ text }) => text)).toEqual(['What?', 'Edited']);
		expect(await on('delete', id)).toEqual({ id, deleted: true });
		expect(failureOf(await on('get', id))).toMatchObject({ code: 'not_found' });
	});

	it('list and cancel scheduled posts, page by page', async () => {
		for (let count = 0; count < 45; count++) {
			const day = new Date(Date.now() + (1 + (count % 3)) * 86_400_000).toISOString();
			await publish({ text: `Later ${count}`, options: { scheduledAt: day } });
		}
		const list = {
			resource: 'scheduledPost',
			operation: 'getAll',
			returnAll: true,
			simplify: true,
		};
		const found = await outcome(node(list));
		expect(found).toHaveLength(45);
		const cancel = { resource: 'scheduledPost', operation: 'delete', scheduledId: found[0].id };
		expect(await outcome(node(cancel))).toEqual([{ id: found[0].id, deleted: true }]);
		expect(await outcome(node(list))).toHaveLength(44);
	});
});

it('asked only for what the description of the API knows', asDescribed);
