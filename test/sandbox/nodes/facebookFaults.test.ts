import type { Fault } from '..';
import { failureOf, held, KINDS, publish, sandbox, useFacebook, type Kind } from './facebookSetup';

jest.setTimeout(60_000);

useFacebook();

type Row = [fault: Fault, said: string, posts: number, times?: number];

/** Fault of the publishing request, code or status of the result, and posts on Facebook. */
const AT_PUBLISH: Row[] = [
	[{ kind: '429' }, 'published', 1, 4],
	[{ kind: '429' }, 'rate_limited', 0, 9],
	[{ kind: 'page-limit' }, 'rate_limited', 0],
	[{ kind: '5xx-before' }, 'platform_unavailable', 0],
	[{ kind: '5xx-after' }, 'already_published', 1],
	[{ kind: '5xx-before', status: 502 }, 'platform_unavailable', 0],
	[{ kind: '5xx-after', status: 502 }, 'already_published', 1],
	[{ kind: 'cut-before' }, 'platform_unavailable', 0],
	[{ kind: 'cut-after' }, 'already_published', 1],
	[{ kind: 'unknown' }, 'platform_unavailable', 0],
	// Only the Page's token ends; the person's token gets a new one.
	[{ kind: 'expired-token' }, 'published', 1],
	[{ kind: 'revoked-token' }, 'platform_auth_failed', 0],
	[{ kind: 'refused' }, 'platform_rejected', 0],
	[{ kind: 'spam' }, 'quota_exceeded', 0],
];

async function expectTold(kind: Kind, said: string, posts: number) {
	const { json, again, secrets } = await publish(kind);
	const failed = failureOf(json);
	const shown = JSON.stringify([json, failed]);
	const told = json.status === 'scheduled' ? [said, 'scheduled'] : [said];
	expect(told).toContain(failed?.code ?? json.status);
	if (json.status === 'scheduled') expect(said).toMatch(/published$/);
	expect(held()).toHaveLength(posts);
	if (!failed) expect(json.id).toBe(held()[0].id);
	for (const secret of secrets()) expect(shown).not.toContain(secret);
	return { json, again };
}

function before({ operation, before: calls }: Kind['publishing'], ...faults: Fault[]) {
	sandbox.faults.next(operation, ...Array<Fault>(calls).fill({ kind: 'none' }), ...faults);
}

describe.each(Object.entries(KINDS))('publishing a post of kind %s', (_name, kind) => {
	it.each(AT_PUBLISH)('meets %j at the publishing request: %s, %i', async (...row) => {
		const [fault, said, posts, times = 1] = row;
		before(kind.publishing, ...Array<Fault>(times).fill(fault));
		const { json, again } = await expectTold(kind, said, posts);
		sandbox.faults.clear();

		// n8n runs the node again: there is still one post, and none without a token.
		const repeated = await again();
		if (posts === 1) expect(repeated).toEqual(json);
		expect(held()).toHaveLength(said === 'platform_auth_failed' ? 0 : 1);
	});

	it('is out although its link cannot be read', async () => {
		for (const read of ['get', 'page']) sandbox.faults.always(read, { kind: 'unseen' });
		sandbox.faults.next('page', { kind: 'none' });
		// If a video cannot be read, its processing is unknown too.
		const video = kind.publishing.operation === 'video';
		const { json } = await publish(kind);
		expect(held()).toHaveLength(1);
		if (video) return void expect(json).toMatchObject({ status: 'processing', resume: {} });
		expect(json.warnings).toEqual([
			expect.stringMatching(/^Reading the link of the post failed: Facebook Pages: /),
		]);
		expect(json.id).toBe(held()[0].id);
	});
});

const WITH_PHOTOS = ['image', 'images', 'photoStory'];
const WITH_VIDEO = ['video', 'reel', 'videoStory'];

/** Faults of a step that publishes nothing and may be repeated. */
const ON_THE_WAY: Row[] = [
	[{ kind: '429' }, 'published', 1, 2],
	[{ kind: '5xx-before' }, 'published', 1],
	[{ kind: '5xx-after' }, 'published', 1],
	[{ kind: 'cut-before' }, 'published', 1],
	[{ kind: 'cut-after' }, 'published', 1],
	[{ kind: 'expired-token' }, 'published', 1],
	[{ kind: 'revoked-token' }, 'platform_auth_failed', 0],
	[{ kind: 'refused' }, 'media_rejected', 0],
	[{ kind: 'media-refused' }, 'media_rejected', 0],
];

describe.each(WITH_PHOTOS)('photos of a post of kind %s', (name) => {
	it.each(ON_THE_WAY)('meet %j: %s, %i', async (fault, said, posts, times = 1) => {
		sandbox.faults.next('photo', ...Array<Fault>(times).fill(fault));
		await expectTold(KINDS[name], said, posts);
	});
});

describe.each(WITH_VIDEO)('the upload of a post of kind %s', (name) => {
	it.each(ON_THE_WAY)('meets %j as it starts: %s, %i', async (fault, said, posts, times = 1) => {
		sandbox.faults.next('video', ...Array<Fault>(times).fill(fault));
		await expectTold(KINDS[name], said, posts);
	});

	it('takes as long in processing as it takes', async () => {
		const { publishing } = KINDS[name];
		before(publishing, { kind: 'slow-processing', polls: 9 });
		await expectTold(KINDS[name], 'published', 1);
	});

	it('is refused in processing, and nothing is out', async () => {
		before(KINDS[name].publishing, { kind: 'media-refused', late: true });
		await expectTold(KINDS[name], 'media_rejected', 0);
	});
});

describe('the parts of a video', () => {
	const [start] = [{ kind: 'none' }];

	it.each<Row>([...ON_THE_WAY, [{ kind: 'lost-chunk' }, 'published', 1, 2]])(
		'meet %j: %s, %i',
		async (fault, said, posts, times = 1) => {
			sandbox.faults.next('video', start, ...Array<Fault>(times).fill(fault));
			await expectTold(KINDS.video, said, posts);
			if (posts === 1) expect(held()[0].media[0]).toMatchObject({ length: 5000 });
		},
	);
});

describe('the bytes of a Reel', () => {
	it.each<[Fault, string, number]>([
		[{ kind: '5xx-before' }, 'published', 1],
		[{ kind: 'cut-before' }, 'published', 1],
		[{ kind: 'cut-after' }, 'published', 1],
		[{ kind: 'partial' }, 'published', 1],
		[{ kind: 'expired-token' }, 'platform_auth_failed', 0],
		[{ kind: 'refused' }, 'media_rejected', 0],
	])('meet %j: %s, %i', async (fault, said, posts) => {
		sandbox.faults.next('upload', fault);
		await expectTold(KINDS.reel, said, posts);
		if (posts === 1) expect(held()[0].media[0]).toMatchObject({ length: 5000 });
	});

	it('go on where they broke off, twice', async () => {
		sandbox.faults.next('upload', { kind: 'partial' }, { kind: 'partial' });
		await expectTold(KINDS.reel, 'published', 1);
		const sent = sandbox.requests.filter(({ operation }) => operation === 'upload');
		expect(sent.map(({ headers }) => headers.offset)).toEqual(['0', '2500', '3750']);
		expect(sent.map(({ binary }) => (binary as { length: number }).length)).toEqual([
			5000, 2500, 1250,
		]);
	});
});

describe('a lost answer to the publishing request', () => {
	it('stays unknown where the posts cannot be read, and is not sent again', async () => {
		sandbox.faults.next('publish', { kind: 'cut-after' });
		sandbox.faults.always('list', { kind: '5xx-before' });
		const { json, again } = await publish(KINDS.text);
		expect(failureOf(json)).toMatchObject({ code: 'outcome_unknown', retryable: false });
		expect(failureOf(await again())).toMatchObject({ code: 'outcome_unknown' });
		expect(held()).toHaveLength(1);

		sandbox.faults.clear();
		expect(await again()).toMatchObject({ id: held()[0].id, status: 'already_published' });
		expect(held()).toHaveLength(1);
	});

	it('is found among many scheduled posts, in whatever order they come', async () => {
		const { json: early } = await publish(KINDS.scheduled);
		const [first] = held();
		const sooner = (at: number) => Number(first.scheduled) - 3600 - at;
		for (let at = 0; at < 120; at++) {
			const createdAt = new Date(Date.now() - 86_400_000).toISOString();
			held().push({ ...first, id: `${first.page}_9${at}`, createdAt, scheduled: sooner(at) });
		}
		expect(early).toMatchObject({ status: 'scheduled' });
		sandbox.faults.next('publish', { kind: 'cut-after' });
		const { parameters } = KINDS.scheduled;
		const { json, again } = await publish({ parameters: { ...parameters, text: 'Later' } });
		expect(json).toMatchObject({ id: held().at(-1)?.id, status: 'scheduled' });
		expect(await again()).toEqual(json);
		expect(held().filter(({ text }) => text === 'Later')).toHaveLength(1);
	});

	it('is known by one of its photos where Facebook does not tell of all', async () => {
		sandbox.faults.next('publish', { kind: 'cut-after' });
		const shown = jest.spyOn(sandbox.state.posts, 'push').mockImplementationOnce((post) => {
			sandbox.state.posts[0] = { ...post, media: post.media.slice(0, 1) };
			return 1;
		});
		const { json } = await publish(KINDS.images);
		shown.mockRestore();
		expect(json).toMatchObject({ id: held()[0].id, status: 'already_published' });
		expect(held()).toHaveLength(1);
	});

	it('is told from an older post of the same words', async () => {
		const { json } = await publish(KINDS.text);
		sandbox.clock.advance(120_000);
		held()[0].createdAt = new Date(Date.now() - 120_000).toISOString();
		sandbox.faults.next('publish', { kind: 'cut-before' });
		const { json: later } = await publish(KINDS.text);
		expect(failureOf(later)).toMatchObject({ code: 'platform_unavailable' });
		expect(held().map(({ id }) => id)).toEqual([json.id]);
	});
});

describe('what follows a post', () => {
	const commented: Kind = {
		parameters: { text: 'Hello', options: { firstComment: 'First' } },
		publishing: { operation: 'publish', before: 0 },
	};

	it('is a comment, once, also where the answer to the post was lost', async () => {
		sandbox.faults.next('publish', { kind: 'cut-after' });
		const { json, again } = await expectTold(commented, 'already_published', 1);
		expect(sandbox.state.comments).toMatchObject([{ on: json.id, message: 'First' }]);
		await again();
		expect(sandbox.state.comments).toHaveLength(1);
	});

	it('does not fail the post if it fails', async () => {
		sandbox.faults.next('comment', { kind: 'refused' });
		const { json } = await expectTold(commented, 'published', 1);
		expect(json.warnings).toEqual([
			'The first comment failed: Facebook Pages: This content goes against the Community Standards. (100)',
		]);
	});
});
