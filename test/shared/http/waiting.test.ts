import type { IDataObject } from 'n8n-workflow';

import type { Platform } from '@/nodes/shared/contract/platform';
import { conversation, type Line } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const limited = (method: string, path: string, seconds: number): Line => [
	...([method, path, 429, {}] as const),
	{ 'retry-after': String(seconds) },
];
const good = (method: string, path: string, id = '1'): Line => [method, path, 200, { id }];

const outcome = async (change: Partial<Platform>, parameters: IDataObject) => {
	const [[{ json }]] = await testNode({
		type: nodeOf(samplePlatform(change)),
		parameters: { resource: 'post', operation: 'publish', text: 'One', ...parameters },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	}).run();
	return json;
};
const wait = (rateLimitWait: number) => ({ options: { rateLimitWait } });

describe('the time that a user allows for rate limits', () => {
	const drafted: Platform['publish'] = async (api) => {
		await api.send({ method: 'PUT', path: '/drafts/1' });
		return await api.publish<{ id: string }>({ method: 'POST', path: '/posts', body: {} });
	};

	it.each([
		[60, 'published'],
		[59, 'rate_limited'],
	])('is that of all requests for a post: %i seconds', async (seconds, expected) => {
		const lines = [
			limited('PUT', '/drafts/1', 30),
			good('PUT', '/drafts/1'),
			limited('POST', '/posts', 30),
		];
		conversation(HOST, [...lines, good('POST', '/posts')]);
		const { status, error } = await outcome({ publish: drafted }, wait(seconds));
		expect(status ?? (error as IDataObject).code).toBe(expected);
	});

	it('is that of all parts of a thread', async () => {
		const talk = conversation(HOST, [
			limited('POST', '/posts', 30),
			good('POST', '/posts'),
			limited('POST', '/posts', 31),
		]);
		const thread = { post: [{ text: 'Two' }] };
		const { error } = await outcome({}, { ...wait(60), thread });
		expect(error).toMatchObject({ code: 'rate_limited', published: [{ id: '1' }] });
		expect((error as IDataObject).retryAt).toEqual(expect.any(String));
		talk.done();
	});

	it('counts the questions of the preflight, too', async () => {
		const limitsOf: Platform['limitsOf'] = async (api) => {
			await api.send({ path: '/limits' });
			return api.limits;
		};
		const talk = conversation(HOST, [
			limited('GET', '/limits', 40),
			good('GET', '/limits'),
			limited('POST', '/posts', 21),
		]);
		expect(await outcome({ limitsOf }, wait(60))).toMatchObject({
			error: { code: 'rate_limited' },
		});
		talk.done();
	});

	it('is not that of waiting until a platform in trouble has recovered', async () => {
		conversation(HOST, [
			['PUT', '/drafts/1', 503],
			good('PUT', '/drafts/1'),
			good('POST', '/posts'),
		]);
		expect(await outcome({ publish: drafted }, wait(0))).toMatchObject({ status: 'published' });
	});
});
