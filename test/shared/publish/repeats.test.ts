import nock from 'nock';

import type { Platform } from '@/nodes/shared/contract/platform';
import type { Outcome, ReadBack } from '@/nodes/shared/contract/readBack';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const explain: Platform['explain'] = ({ body }) => {
	const { trouble, early, doubt, refusal } = (body ?? {}) as Record<string, string | undefined>;
	if (doubt) return { code: 'platform_rejected', message: doubt, unsure: true };
	if (refusal) return { message: refusal };
	if (early) return { code: 'platform_unavailable', message: 'too early', repeatAfterMs: 1 };
	return trouble ? { code: 'platform_unavailable', message: trouble } : undefined;
};

const setup = (change: Partial<Platform>, operation = 'publish') =>
	testNode({
		type: nodeOf(samplePlatform({ explain, ...change })),
		parameters: { resource: 'post', operation, text: 'hello' },
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 'token' } },
			},
		],
		continueOnFail: true,
	});

/** A read-back that always gives this answer about an attempt. */
const confirming = (confirm: NonNullable<ReadBack['confirm']>): ReadBack => ({
	commitsWithin: 60_000,
	looks: { every: 1000, atMost: 3000 },
	confirm,
});

const trouble = { trouble: 'we are sorry' };

describe('a vendor that speaks of trouble in its own words', () => {
	it('is asked again where nothing is published', async () => {
		const talk = conversation(HOST, [
			['POST', '/drafts', 400, trouble],
			['POST', '/drafts', 200, { id: 'd1' }],
			['POST', '/posts', 200, { id: '7' }],
		]);
		const node = setup({
			publish: async (api) => {
				await api.send({ method: 'POST', path: '/drafts', body: {}, repeatable: true });
				return await api.publish({ method: 'POST', path: '/posts', body: {} });
			},
		});
		const [[{ json }]] = await node.run();
		expect(json).toMatchObject({ id: '7', status: 'published' });
		talk.done();
	});

	it('leaves the outcome of the publishing request open', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 400, trouble]]);
		const [[{ json }]] = await setup({}).run();
		expect(json.error).toMatchObject({
			code: 'outcome_unknown',
			message: 'Sample gave no clear answer to the publishing request (we are sorry).',
			httpStatus: 400,
		});
		talk.done();
	});

	it('leaves it open too where a 5xx comes with a refusal that says nothing', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 500, { vague: true }]]);
		const [[{ json }]] = await setup({
			explain: () => ({ code: 'platform_rejected', rule: 'sample.0' }),
		}).run();
		expect(json.error).toMatchObject({ code: 'outcome_unknown', httpStatus: 500 });
		talk.done();
	});

	it('may prove that nothing was published, and publishing is tried again', async () => {
		const talk = conversation(HOST, [
			['POST', '/posts', 400, { early: true }],
			['POST', '/posts', 400, { early: true }],
			['POST', '/posts', 200, { id: '7' }],
		]);
		const [[{ json }]] = await setup({}).run();
		expect(json).toMatchObject({ id: '7', status: 'published' });
		talk.done();
	});
});

describe('a post that was still processing', () => {
	it('is resumed, not published anew, when n8n repeats a Resume that got no answer', async () => {
		const talk = conversation(HOST, [
			['POST', '/finish', 502],
			['POST', '/finish', 200, { id: '7' }],
		]);
		const told: Outcome[] = ['unknown', 'not-published'];
		let run = 0;
		const node = setup(
			{
				resume: async (api, { container }) =>
					await api.publish({ method: 'POST', path: '/finish', body: { container } }),
				readBack: confirming(async () => told[run]),
			},
			'resume',
		);
		const resume = {
			platform: 'sample',
			published: [],
			rest: [{ text: '' }],
			options: {},
			pending: { container: 'c1' },
		};
		const change = { parameters: { resume } };
		expect((await node.run(undefined, change))[0][0].json.error).toMatchObject({
			code: 'outcome_unknown',
		});
		run++;
		expect((await node.run(undefined, change))[0][0].json).toMatchObject({
			id: '7',
			status: 'published',
		});
		expect(talk.requests.map(({ body }) => body)).toEqual([
			{ container: 'c1' },
			{ container: 'c1' },
		]);
		talk.done();
	});
});

const idempotent: Platform['publish'] = async (api) =>
	await api.publish({ method: 'POST', path: '/posts', body: {}, idempotent: true });
const later = { 'retry-after': '3600' };

describe('a lost answer of a server that recognizes repetitions', () => {
	it('is looked for before anything is repeated', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 502]]);
		const node = setup({ publish: idempotent, readBack: confirming(async () => ({ id: '7' })) });
		const [[{ json }]] = await node.run();
		expect(json).toMatchObject({ id: '7', status: 'already_published' });
		talk.done();
	});

	it('leaves the outcome open where the post cannot be looked for, also in the next run', async () => {
		const talk = conversation(
			HOST,
			[1, 2, 3, 4].map(() => ['POST', '/posts', 502] as const),
		);
		const node = setup({ publish: idempotent });
		for (const attempt of [await node.run(), await node.run()]) {
			expect(attempt[0][0].json.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
		}
		talk.done();
	});

	it('is followed by a repetition, whose refusal is told as it is', async () => {
		const lost = conversation(HOST, [
			['POST', '/posts', 502],
			['POST', '/posts', 429, { refusal: 'too much' }, later],
		]);
		const readBack = confirming(async () => 'not-published');
		const node = setup({ publish: idempotent, readBack });
		const [[{ json }]] = await node.run();
		expect(json.error).toMatchObject({ code: 'rate_limited', httpStatus: 429 });
		lost.done();
		const talk = conversation(HOST, [['POST', '/posts', 200, { id: '8' }]]);
		expect((await node.run())[0][0].json).toMatchObject({ id: '8', status: 'published' });
		talk.done();
	});
});

describe('an answer that nothing can be made of', () => {
	it.each([
		[200, 'outcome_unknown'],
		[201, undefined],
		[204, undefined],
	])('has no body with HTTP %i: %s', async (status, code) => {
		conversation(HOST, [['POST', '/posts', status, '']]);
		const publish: Platform['publish'] = async (api) => {
			await api.publish({ method: 'POST', path: '/posts', body: {} });
			return { id: '7' };
		};
		const [[{ json }]] = await setup({ publish }).run();
		expect((json.error as { code?: string } | undefined)?.code).toBe(code);
	});

	it('gives a name by which the post is looked for', async () => {
		conversation(HOST, [
			['POST', '/posts', 200, { job: 'j1' }],
			['GET', '/jobs', 404],
		]);
		const marks: unknown[] = [];
		const publish: Platform['publish'] = async (api) => {
			const { job } = await api.publish<{ job: string }>(
				{ method: 'POST', path: '/posts', body: {} },
				{ kind: 'video' },
			);
			api.note({ job });
			return await api.send({ path: '/jobs' });
		};
		const readBack = confirming(async (_api, _post, mark) => {
			marks.push(mark);
			return 'not-published';
		});
		const [[{ json }]] = await setup({ publish, readBack }).run();
		expect(json.error).toMatchObject({ code: 'not_found' });
		expect(new Set(marks.map((mark) => JSON.stringify(mark)))).toEqual(
			new Set([JSON.stringify({ kind: 'video', job: 'j1' })]),
		);
	});

	const stray: Array<[string, Platform['publish']]> = [
		[
			'names no post',
			async (api) => await api.publish({ method: 'POST', path: '/posts', body: {} }),
		],
		[
			'is not of the expected form',
			async (api) => {
				const { post } = await api.publish<{ post: { id: string } }>({
					method: 'POST',
					path: '/posts',
				});
				return { id: post.id };
			},
		],
		[
			'is followed by a failure',
			async (api) => {
				await api.publish({ method: 'POST', path: '/posts', body: {} });
				return await api.send({ path: '/links', query: {} });
			},
		],
	];

	it.each(stray)('%s: the post is looked for', async (_what, publish) => {
		conversation(HOST, [
			['POST', '/posts', 200, {}],
			['GET', '/links', 404],
		]);
		const [[found]] = await setup({
			publish,
			readBack: confirming(async () => ({ id: '7' })),
		}).run();
		expect(found.json).toMatchObject({ id: '7', status: 'already_published' });
	});

	it.each(stray)('%s: the outcome is open, and nothing is sent again', async (_what, publish) => {
		const talk = conversation(HOST, [
			['POST', '/posts', 200, {}],
			['GET', '/links', 404],
		]);
		const node = setup({ publish });
		for (const attempt of [await node.run(), await node.run()]) {
			expect(attempt[0][0].json.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
		}
		expect(talk.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});

describe('a rate limit', () => {
	it('that is over already by the platform’s clock is not asked about without end', async () => {
		let asked = 0;
		nock(HOST)
			.post('/posts')
			.times(20)
			.reply(() => [
				++asked < 20 ? 429 : 400,
				{ refusal: 'no' },
				{ 'x-rate-limit-reset': '1700000000' },
			]);
		const node = setup({});
		const change = { parameters: { options: { rateLimitWait: 2 } } };
		const [[{ json }]] = await node.run(undefined, change);
		expect(json.error).toMatchObject({ code: 'rate_limited' });
		expect(asked).toBe(3);
	});
});

describe('a refusal that a vendor is known to send for posts that are out', () => {
	const refused = ['POST', '/posts', 400, { doubt: 'this looks like spam' }] as const;
	const run = async (outcome: Outcome) => {
		const talk = conversation(HOST, [refused]);
		const readBack = confirming(async () => outcome);
		const [[{ json }]] = await setup({ readBack }).run();
		talk.done();
		return json;
	};

	it('is no failure if the post is found', async () => {
		expect(await run({ id: '7' })).toMatchObject({
			id: '7',
			status: 'already_published',
		});
	});

	it('is believed if the post is not there', async () => {
		const { error } = await run('not-published');
		expect(error).toMatchObject({
			code: 'platform_rejected',
			message: 'Sample: this looks like spam',
			retryable: false,
		});
		expect(error).not.toHaveProperty('unsure');
	});

	it('stays open if nobody knows', async () => {
		expect(await run('unknown')).toMatchObject({
			error: { code: 'outcome_unknown', message: expect.stringContaining('looks like spam') },
		});
	});
});

it('counts the time once for requests that wait beside each other', async () => {
	nock(HOST).put('/drafts/1').times(2).reply(429, {}, { 'retry-after': '0.5' });
	nock(HOST).put('/drafts/1').times(2).reply(200, {});
	nock(HOST).post('/posts').reply(200, { id: '7' });
	const node = setup({
		publish: async (api) => {
			const send = async () => await api.send({ method: 'PUT', path: '/drafts/1' });
			await Promise.all([send(), send()]);
			return await api.publish({ method: 'POST', path: '/posts', body: {} });
		},
	});
	const change = { parameters: { options: { rateLimitWait: 0.9 } } };
	const [[{ json }]] = await node.run(undefined, change);
	expect(json).toMatchObject({ id: '7', status: 'published' });
});
