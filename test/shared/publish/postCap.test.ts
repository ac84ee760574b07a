import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import type { Platform } from '@/nodes/shared/contract/platform';
import { testNode, type RunChange } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';
import { advance } from '@/test/support/time';

const DAY = 24 * 3_600_000;
const cap = { posts: 3, days: 30, why: 'Sample bills every post.' };
const whoami = jest.fn(async () => ({ id: '1', name: 'alice' }));

let posts = 0;
beforeAll(() => nock.disableNetConnect());
afterAll(() => nock.enableNetConnect());
beforeEach(() => {
	posts = 0;
	whoami.mockClear();
	nock(HOST)
		.persist()
		.post('/posts')
		.reply(() => [200, { id: String(++posts) }]);
});
afterEach(() => nock.cleanAll());

function setup(change: Partial<Platform> = {}, parameters: IDataObject = {}) {
	const node = testNode({
		type: nodeOf(samplePlatform({ cap, whoami, ...change })),
		parameters: { resource: 'post', operation: 'publish', text: 'One', ...parameters },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	});
	const one = async (more: IDataObject = {}, how: RunChange = {}) => {
		const [[{ json }]] = await node.run(undefined, { fresh: true, parameters: more, ...how });
		return json as IDataObject & { error: IDataObject };
	};
	return { node, one };
}
const thread = (...texts: string[]) => ({ thread: { post: texts.map((text) => ({ text })) } });
const validate = { operation: 'validate' };

describe('a cap on posts', () => {
	it('stops with the time when the oldest post no longer counts', async () => {
		const { one } = setup();
		const first = Date.now();
		for (let post = 0; post < 3; post++, advance(DAY)) {
			expect(await one()).toMatchObject({ status: 'published' });
		}
		const { error } = await one();
		expect(error).toMatchObject({
			...{ code: 'quota_exceeded', rule: 'sample.post.cap', retryable: false },
			message:
				'Sample: 3 posts by alice in 30 days and 1 to come, and Post Cap allows 3 in this workflow',
			remediation: 'Raise Post Cap in the options, or set it to 0 to post without one.',
			problems: [{ rule: 'sample.post.cap', limit: 3, actual: 4 }],
		});
		const lifted = Date.parse(String(error.retryAt)) - first;
		expect(Math.abs(lifted - 30 * DAY)).toBeLessThan(30_000);
		expect(posts).toBe(3);

		advance(27 * DAY + 60_000);
		expect(await one()).toMatchObject({ status: 'published' });
		expect(await one()).toMatchObject({ error: { code: 'quota_exceeded' } });
	});

	it('is the one the user sets, and 0 is none', async () => {
		const { one } = setup();
		expect(await one({ options: { cap: 1 } })).toMatchObject({ status: 'published' });
		expect(await one({ options: { cap: 1 } })).toMatchObject({ error: { code: 'quota_exceeded' } });
		for (let post = 0; post < 4; post++) {
			expect(await one({ options: { cap: 0 } })).toMatchObject({ status: 'published' });
		}
		// Those posts were not counted.
		expect(await one({ options: { cap: 2 } })).toMatchObject({ status: 'published' });
	});

	it('exists only where a platform bills its posts', async () => {
		const { node, one } = setup({ cap: undefined });
		for (let post = 0; post < 4; post++) await one({ options: { cap: 1 } });
		expect([posts, node.staticData]).toEqual([4, {}]);
	});

	it('counts each account for itself', async () => {
		const { node, one } = setup();
		for (let post = 0; post < 3; post++) await one();
		node.stored.sampleApi = { oauthTokenData: { access_token: 'b' } };
		whoami.mockResolvedValueOnce({ id: '2', name: 'bob' });
		expect(await one()).toMatchObject({ status: 'published', account: { name: 'bob' } });
	});

	it('counts no failed post, and a repeated one once', async () => {
		const { node, one } = setup();
		nock.cleanAll();
		nock(HOST).post('/posts').reply(422, {}).post('/posts').reply(200, { id: '1' });
		await one();
		await one({}, { fresh: false });
		await one({}, { fresh: false });
		expect(node.staticData).toMatchObject({
			global: { crosspostCap: { 'sample:1': [expect.any(Number)] } },
		});
	});

	it('lives in what n8n saves of the workflow, which is nothing after a manual run', async () => {
		const { node, one } = setup();
		for (let post = 0; post < 2; post++) await one({}, { manual: true });
		expect(node.staticData).toEqual({});
		for (let post = 0; post < 3; post++) await one();
		const later = setup();
		Object.assign(later.node.staticData, JSON.parse(JSON.stringify(node.staticData)));
		expect(await later.one()).toMatchObject({ error: { code: 'quota_exceeded' } });
		// The cap applies there too.
		expect(await later.one({}, { manual: true })).toMatchObject({
			error: { code: 'quota_exceeded' },
		});
	});
});

describe('before anything is sent', () => {
	it('a thread that has more parts than are left is refused', async () => {
		const { one } = setup();
		const first = Date.now();
		await one();
		advance(DAY);
		await one();
		const { error } = await one(thread('Two', 'Three'));
		expect(error).toMatchObject({ code: 'quota_exceeded', problems: [{ limit: 3, actual: 5 }] });
		expect(error).not.toHaveProperty('published');
		const lifted = Date.parse(String(error.retryAt)) - first;
		expect(Math.abs(lifted - 31 * DAY)).toBeLessThan(30_000);
		expect(posts).toBe(2);
	});

	it('there is no time to retry a thread that is longer than the cap', async () => {
		const { error } = await setup().one(thread('Two', 'Three', 'Four'));
		expect(error).toMatchObject({ code: 'quota_exceeded', problems: [{ actual: 4 }] });
		expect(error).not.toHaveProperty('retryAt');
	});

	it('Validate tells of it beside all other problems', async () => {
		const { one } = setup({ limits: { text: { max: 5, unit: 'codePoints' }, media: {} } });
		for (let post = 0; post < 3; post++) await one();
		expect(await one({ ...validate, text: 'Too long' })).toMatchObject({
			valid: false,
			problems: [{ rule: 'sample.text.length' }, { rule: 'sample.post.cap', limit: 3, actual: 4 }],
		});
		expect(await one({ text: 'Too long' })).toMatchObject({ error: { code: 'validation_failed' } });
	});

	it('nobody is asked for the account as long as there is room for all', async () => {
		const { one } = setup();
		expect(await one({ ...validate, ...thread('Two', 'Three') })).toMatchObject({ valid: true });
		expect(whoami).not.toHaveBeenCalled();
	});
});

it('a thread goes on in the same execution with what is left for it', async () => {
	const { node, one } = setup();
	nock.cleanAll();
	nock(HOST).post('/posts').reply(200, { id: '1' }).post('/posts').reply(422, {});
	nock(HOST).post('/posts').reply(200, { id: '2' }).post('/posts').reply(200, { id: '3' });
	const three = thread('Two', 'Three');
	expect(await one(three)).toMatchObject({ error: { published: [{ id: '1' }] } });
	expect(await one(three, { fresh: false })).toMatchObject({ thread: [{}, {}, { id: '3' }] });
	expect(node.staticData).toMatchObject({
		global: { crosspostCap: { 'sample:1': { length: 3 } } },
	});
});

it('a thread that is to be resumed waits with all that it needs', async () => {
	const { one } = setup();
	for (let post = 0; post < 3; post++) await one();
	const resume = {
		...{ platform: 'sample', published: [{ id: '9', status: 'published' }], options: {} },
		rest: [{ text: 'Two', media: [] }],
	};
	const { error } = await one({ operation: 'resume', resume });
	expect(error).toMatchObject({
		...{ code: 'quota_exceeded', published: [{ id: '9' }], resume: { rest: [{ text: 'Two' }] } },
		retryAt: expect.any(String),
	});
});
