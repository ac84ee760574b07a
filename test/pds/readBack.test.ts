import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '../../credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '../../nodes/Bluesky/Bluesky.node';
import { ensureHeavy } from '../../scripts/local/heavy.mjs';
import { startPds, type Pds } from '../../scripts/local/pds.mjs';
import { faultyProxy, type ProxyFault } from '../support/faultyProxy';
import { testNode, type RunChange, type TestNode } from '../support/n8n';

/**
 * The contract of test/sandbox/readBack.test.ts, as far as a proxy before a real server can test
 * it.
 */
jest.setTimeout(120_000);

const PUT = 'com.atproto.repo.putRecord';
const GET = 'com.atproto.repo.getRecord';

let pds: Pds;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let accounts = 0;

beforeAll(async () => {
	pds = await startPds({ heavy: await ensureHeavy() });
	proxy = await faultyProxy(pds.url);
}, 900_000);
afterAll(async () => {
	await proxy.stop();
	await pds.stop();
});

async function setup(options: IDataObject = {}) {
	const { did, handle, appPassword } = await pds.createAccount(`reader${++accounts}.test`);
	const parameters = {
		...{ resource: 'post', operation: 'publish', text: '={{ $json.text }}' },
		options: { rateLimitWait: 0, ...options },
	};
	const node = testNode({
		type: new Bluesky(),
		parameters,
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: { serviceUrl: proxy.url, identifier: handle, appPassword },
			},
		],
		continueOnFail: true,
	});
	const posts = async () =>
		(await pds.records(did)).map(({ uri }: { uri: string }) => uri).reverse();
	return { node, posts };
}

const items = (...texts: string[]) => texts.map((text) => ({ json: { text, key: `key ${text}` } }));

async function results(node: TestNode, given: INodeExecutionData[], change?: RunChange) {
	const [output] = await node.run(given, change);
	return output.map(({ json: { id, status, error } }) => ({
		id,
		status: (error as IDataObject | undefined)?.code ?? status,
	}));
}

const known = (id: unknown) => ({ id, status: expect.stringMatching(/^(already_)?published$/) });

describe('a post whose answer was lost', () => {
	it.each<[string, IDataObject, RunChange]>([
		['Retry On Fail', {}, {}],
		['a retry after a crash', {}, { crashed: true }],
		['another execution with its key', { idempotencyKey: '={{ $json.key }}' }, { fresh: true }],
	])('is out once, and %s knows it', async (_what, options, change) => {
		const { node, posts } = await setup(options);
		proxy.next(PUT, { kind: 'cutAfter' });
		const first = await results(node, items('Hello'));
		const second = await results(node, items('Hello'), change);
		const [id, ...more] = await posts();
		expect(more).toEqual([]);
		expect([...first, ...second]).toEqual([known(id), known(id)]);
	});

	it('is found after a crash where nobody could look for it before', async () => {
		const { node, posts } = await setup();
		const cut: ProxyFault = { kind: 'cut' };
		proxy.next(PUT, { kind: 'cutAfter' }, cut, cut, cut);
		proxy.next(GET, ...Array<ProxyFault>(40).fill(cut));
		expect(await results(node, items('Hello'))).toEqual([{ status: 'outcome_unknown' }]);
		proxy.clear();
		const again = await results(node, items('Hello'), { crashed: true });
		expect(again).toEqual([known((await posts())[0])]);
		expect(await posts()).toHaveLength(1);
	});

	it.each(['cut', 'cutAfter'] as const)('is told from an equal one (%s)', async (kind) => {
		const { node, posts } = await setup();
		proxy.next(PUT, { kind: 'pass' }, { kind });
		const found = await results(node, items('A', 'A'));
		expect(found.map(({ id }) => id).sort()).toEqual((await posts()).sort());
		expect(new Set(await posts()).size).toBe(2);
	});

	it('is made once where the server goes on after a gateway has given up', async () => {
		const { node, posts } = await setup();
		proxy.next(PUT, { kind: 'late', afterMs: 1000 });
		const found = await results(node, items('Hello'));
		await new Promise((done) => setTimeout(done, 1500));
		expect(found).toEqual((await posts()).map(known));
		expect(await posts()).toHaveLength(1);
	});
});

describe('an answer of something in between', () => {
	const foreign = { message: 'Forbidden' };
	const page = '<!doctype html><title>Sign in</title>';
	const cases = [302, 400, 401, 403, 404, 409, 413, 425, 429, 451, 499].map(
		(status, at) => [status, at % 2 === 0 ? foreign : page] as const,
	);

	it.each(cases)('hides no post: HTTP %i, %j', async (status, body) => {
		const { node, posts } = await setup();
		proxy.next(PUT, { kind: 'answerAfter', status, body });
		const [first] = await results(node, items('Hello'));
		expect(first).toEqual(known((await posts())[0]));
	});

	it.each(cases.slice(0, 4))('is no refusal: HTTP %i, %j', async (status, body) => {
		const { node, posts } = await setup();
		proxy.next(PUT, { kind: 'answer', status, body });
		expect(await results(node, items('Hello'))).toEqual([known((await posts())[0])]);
		expect(await posts()).toHaveLength(1);
	});
});

it.each([
	[429, 'RateLimitExceeded', 'rate_limited'],
	[400, 'InvalidRequest', 'platform_rejected'],
])('takes the refusal %i %s as one, and forgets that it was begun', async (status, error, code) => {
	const { node, posts } = await setup();
	proxy.next(PUT, { kind: 'answer', status, body: { error, message: 'spoiled' } });
	expect(await results(node, items('Hello'))).toEqual([{ status: code }]);
	expect(node.processed.size()).toBe(0);
	expect(await posts()).toEqual([]);
	const again = await results(node, items('Hello'), { crashed: true });
	expect(again).toEqual([known((await posts())[0])]);
});
