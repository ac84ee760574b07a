import type { IDataObject } from 'n8n-workflow';

import { outcome } from '@/test/Instagram/setup';
import type { Fault } from '..';
import {
	failureOf,
	held,
	KINDS,
	local,
	node,
	publish,
	sandbox,
	useInstagram,
} from './instagramSetup';

useInstagram();

type Row = [fault: Fault, said: string, posts: number, times?: number];

/** Fault of the publishing request, code or status of the result, and posts on Instagram. */
const AT_PUBLISH: Row[] = [
	[{ kind: '429' }, 'published', 1, 4],
	[{ kind: '429' }, 'rate_limited', 0, 9],
	[{ kind: 'busy' }, 'published', 1, 2],
	[{ kind: '5xx-before' }, 'platform_unavailable', 0],
	[{ kind: '5xx-after' }, 'already_published', 1],
	[{ kind: '5xx-before', status: 502 }, 'platform_unavailable', 0],
	[{ kind: '5xx-after', status: 502 }, 'already_published', 1],
	[{ kind: 'cut-before' }, 'platform_unavailable', 0],
	[{ kind: 'cut-after' }, 'already_published', 1],
	[{ kind: 'unknown' }, 'platform_unavailable', 0],
	[{ kind: 'server-error' }, 'platform_unavailable', 0],
	[{ kind: 'not-ready' }, 'published', 1],
	[{ kind: 'not-found' }, 'published', 1],
	[{ kind: 'expired-token' }, 'platform_auth_failed', 0],
	[{ kind: 'revoked-token' }, 'platform_auth_failed', 0],
	[{ kind: 'refused' }, 'platform_rejected', 0],
	[{ kind: 'restricted' }, 'platform_rejected', 0],
	[{ kind: 'spam' }, 'platform_rejected', 0],
	[{ kind: 'spam-after' }, 'already_published', 1],
];

/** Faults while a container is made, which publishes nothing and may be repeated. */
const AT_CONTAINER: Row[] = [
	[{ kind: '429' }, 'published', 1, 4],
	[{ kind: '429' }, 'rate_limited', 0, 9],
	[{ kind: '5xx-before' }, 'published', 1],
	[{ kind: '5xx-after' }, 'published', 1],
	[{ kind: 'cut-before' }, 'published', 1],
	[{ kind: 'cut-after' }, 'published', 1],
	[{ kind: 'unknown' }, 'published', 1],
	[{ kind: 'server-error' }, 'published', 1],
	[{ kind: 'expired-token' }, 'platform_auth_failed', 0],
	[{ kind: 'refused' }, 'platform_rejected', 0],
];

async function expectTold(kind: string, said: string, posts: number) {
	const { json, again, secrets } = await publish(KINDS[kind]);
	const failed = failureOf(json);
	expect(failed?.code ?? json.status).toBe(said);
	expect(held()).toHaveLength(posts);
	if (!failed) expect(json.id).toBe(held()[0].id);

	const shown = JSON.stringify([json, failed]);
	for (const secret of [...secrets(), 'signed?token=ey']) expect(shown).not.toContain(secret);
	return { json, again };
}

describe.each(Object.keys(KINDS))('publishing a post of kind %s', (kind) => {
	it.each(AT_PUBLISH)('meets %j at the publishing request: %s, %i', async (...row) => {
		const [fault, said, posts, times = 1] = row;
		sandbox.faults.next('publish', ...Array<Fault>(times).fill(fault));
		const { json, again } = await expectTold(kind, said, posts);
		sandbox.faults.clear();

		// n8n runs the node again: there is still one post, and none without a token.
		const repeated = await again();
		if (posts === 1) expect(repeated).toEqual(json);
		expect(held()).toHaveLength(said === 'platform_auth_failed' ? 0 : 1);
	});

	it.each(AT_CONTAINER)('meets %j at the container: %s, %i', async (...row) => {
		const [fault, said, posts, times = 1] = row;
		sandbox.faults.next('container', ...Array<Fault>(times).fill(fault));
		await expectTold(kind, said, posts);
	});

	it.each<Row>([
		[{ kind: '429' }, 'published', 1],
		[{ kind: '5xx-before' }, 'published', 1],
		[{ kind: 'cut-after' }, 'published', 1],
	])('meets %j at the status: %s, %i', async (fault, said, posts) => {
		sandbox.faults.next('status', fault);
		await expectTold(kind, said, posts);
	});

	it('is out although its link cannot be read', async () => {
		sandbox.faults.always('get', { kind: '5xx-before' });
		const { json } = await expectTold(kind, 'published', 1);
		expect(json.warnings).toContainEqual(
			expect.stringMatching(/^Reading the link of the post failed: Instagram: /),
		);
	});

	it('is known to be out by its container, should the list not answer', async () => {
		sandbox.faults.next('publish', { kind: 'cut-after' });
		for (const list of ['list', 'stories']) sandbox.faults.always(list, { kind: '5xx-before' });
		const { json, again } = await publish(KINDS[kind]);
		const { id } = sandbox.state.containers.at(-1)!;
		expect(json).toMatchObject({ status: 'already_published', id });
		expect(await again()).toEqual(json);
		expect(held()).toHaveLength(1);
	});

	it('is kept back where Instagram cannot use the media', async () => {
		sandbox.faults.always('container', { kind: 'media-refused' });
		const { json } = await publish(KINDS[kind]);
		expect(failureOf(json)).toMatchObject({ code: 'media_rejected' });
		expect(held()).toEqual([]);
	});
});

describe.each(['uploadedReel', 'uploadedCarousel'])('bytes of a post of kind %s', (kind) => {
	it.each<Row>([
		[{ kind: 'partial' }, 'published', 1],
		[{ kind: '5xx-before' }, 'published', 1],
		[{ kind: 'cut-before' }, 'published', 1],
		[{ kind: 'expired-token' }, 'platform_auth_failed', 0],
	])('meet %j: %s, %i', async (fault, said, posts) => {
		sandbox.faults.next('upload', fault);
		await expectTold(kind, said, posts);
		const [film] = held().flatMap(({ media }) => media.filter(({ type }) => type === 'video/mp4'));
		if (posts) expect(film.length).toBe(KINDS[kind].files.film.data.length);
	});
});

it('a carousel that was finished once is not published again while the list does not answer', async () => {
	sandbox.faults.next('container', { kind: 'slow-processing', polls: 3 });
	const { parameters, files } = KINDS.carousel;
	const options = { processingWait: 0 };
	const { json } = await publish({ parameters: { ...parameters, options }, files });
	const resume = { ...(json.resume as IDataObject), options: {} };
	const finish = async () => (await outcome(node({ operation: 'resume', resume })))[0];
	expect(await finish()).toMatchObject({ status: 'published' });

	sandbox.faults.always('list', { kind: '5xx-before' });
	expect(failureOf(await finish())).toMatchObject({ code: 'platform_unavailable' });
	sandbox.faults.clear();
	expect(await finish()).toMatchObject({ id: held()[0].id, status: 'already_published' });
	expect(held()).toHaveLength(1);
});

describe('a lost answer to the publishing request', () => {
	it('stays unknown where the container cannot be read, and is not sent again', async () => {
		sandbox.faults.next('publish', { kind: 'cut-after' });
		const down = Array<Fault>(30).fill({ kind: '5xx-before' });
		sandbox.faults.next('status', { kind: 'none' }, { kind: 'none' }, ...down);
		const { json, again } = await publish(KINDS.image);
		expect(failureOf(json)).toMatchObject({ code: 'outcome_unknown', retryable: false });
		expect(failureOf(await again())).toMatchObject({ code: 'outcome_unknown' });
		expect(held()).toHaveLength(1);

		sandbox.faults.clear();
		expect(await again()).toMatchObject({ id: held()[0].id, status: 'already_published' });
		expect(held()).toHaveLength(1);
	});
});

describe('a file on a private host', () => {
	const media = () => ({ medium: [{ source: 'url', url: `${local()}a.jpg` }] });
	const files = {};

	it('is warned of, and cannot be fetched by Instagram', async () => {
		const parameters = { text: 'Hello', media: media() };
		const valid = await publish({ parameters: { ...parameters, operation: 'validate' }, files });
		expect(valid.json).toMatchObject({
			valid: true,
			warnings: [expect.stringMatching(/from 127\.0\.0\.1:\d+, which does not look reachable/)],
		});
		const { json } = await publish({ parameters, files });
		expect(failureOf(json)).toMatchObject({
			code: 'media_rejected',
			rule: 'instagram.9004.2207052',
		});
		expect(held()).toEqual([]);
	});
});
