import type { IDataObject } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '../../credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '../../nodes/Bluesky/Bluesky.node';
import { ensureHeavy } from '../../scripts/local/heavy.mjs';
import { startPds, type Pds } from '../../scripts/local/pds.mjs';
import { faultyProxy, type ProxyFault } from '../support/faultyProxy';
import { testNode } from '../support/n8n';

/** Tests faults between the node and the real server: no fault may cause two posts. */
jest.setTimeout(120_000);

let pds: Pds;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;

beforeAll(async () => {
	pds = await startPds({ heavy: await ensureHeavy() });
	proxy = await faultyProxy(pds.url);
}, 900_000);

afterAll(async () => {
	await proxy.stop();
	await pds.stop();
});

const PUT = 'com.atproto.repo.putRecord';
const APPLY = 'com.atproto.repo.applyWrites';
const answer = (status: number, error: string, headers?: Record<string, string>): ProxyFault => ({
	kind: 'answer',
	status,
	body: { error, message: 'spoiled' },
	headers,
});
const broken: ProxyFault = { kind: 'answerAfter', status: 502, body: { error: 'UpstreamFailure' } };

/** Fault, the node's result, posts on the server. */
const CASES: Array<[string, ProxyFault[], string, number]> = [
	[
		'a rate limit that is soon over',
		[answer(429, 'RateLimitExceeded', { 'retry-after': '1' })],
		'published',
		1,
	],
	[
		'a rate limit beyond the bound',
		[answer(429, 'RateLimitExceeded', { 'retry-after': '900' })],
		'rate_limited',
		0,
	],
	['a 5xx before the post was made', [answer(503, 'Unavailable')], 'published', 1],
	['a 5xx after the post was made', [broken], 'already_published', 1],
	['a connection cut before', [{ kind: 'cut' }], 'published', 1],
	['a connection cut after', [{ kind: 'cutAfter' }], 'already_published', 1],
	['an expired token', [answer(400, 'ExpiredToken')], 'published', 1],
	['refused content', [answer(400, 'InvalidRequest')], 'platform_rejected', 0],
	[
		'a server that stays down',
		Array<ProxyFault>(4).fill(answer(503, 'Unavailable')),
		'platform_unavailable',
		0,
	],
];

const OPERATIONS: Array<[string, string, IDataObject]> = [
	['a post', PUT, {}],
	['a post with rules on replies', APPLY, { options: { replies: ['nobody'] } }],
];

let accounts = 0;

const setup = async (parameters: IDataObject) => {
	const account = await pds.createAccount(`user${++accounts}.test`);
	const node = testNode({
		type: new Bluesky(),
		parameters: { resource: 'post', operation: 'publish', text: 'Once only', ...parameters },
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: {
					serviceUrl: proxy.url,
					identifier: account.handle,
					appPassword: account.appPassword,
				},
			},
		],
		continueOnFail: true,
	});
	return { account, node };
};

describe.each(OPERATIONS)('publishing %s', (_name, path, parameters) => {
	it.each(CASES)('through %s', async (_fault, faults, expected, posts) => {
		const { account, node } = await setup(parameters);
		proxy.next(path, ...faults);
		const [[{ json }]] = await node.run();
		const error = json.error as { code: string } | undefined;
		expect(error?.code ?? json.status).toBe(expected);
		expect(await pds.records(account.did)).toHaveLength(posts);

		// After any result, running the node again in the same execution makes no second post.
		const [[again]] = await node.run();
		expect(again.json.id).toEqual(expect.stringContaining(account.did));
		expect(await pds.records(account.did)).toHaveLength(1);
	});
});

describe('a thread that stops half-way', () => {
	const thread = { post: [{ text: 'Two' }, { text: 'Three' }] };
	const textsOf = async (did: string) =>
		(await pds.records(did)).map(({ value }: { value: IDataObject }) => value.text).reverse();

	const stopped = async () => {
		const { account, node } = await setup({ text: 'One', thread });
		const seen = proxy.seen.length;
		proxy.next(`${PUT}`, { kind: 'pass' }, answer(400, 'InvalidRequest'));
		const [[{ json }]] = await node.run();
		const error = json.error as { published: IDataObject[]; resume: IDataObject; message: string };
		expect(error.message).toContain('part 2 of 3');
		expect(error.published).toHaveLength(1);
		expect(await textsOf(account.did)).toEqual(['One']);
		expect(proxy.seen.length).toBeGreaterThan(seen);
		return { account, node, error };
	};

	it('goes on from there when n8n runs the node again', async () => {
		const { account, node } = await stopped();
		const [[{ json }]] = await node.run();
		expect(json.thread).toHaveLength(3);
		expect(await textsOf(account.did)).toEqual(['One', 'Two', 'Three']);
	});

	it('goes on from there with Resume, in another execution', async () => {
		const { account, node, error } = await stopped();
		const resume = { operation: 'resume', resume: error.resume };
		const [[{ json }]] = await node.run([{ json: {} }], { fresh: true, parameters: resume });
		expect(json.thread).toHaveLength(3);
		expect(await textsOf(account.did)).toEqual(['One', 'Two', 'Three']);
	});
});
