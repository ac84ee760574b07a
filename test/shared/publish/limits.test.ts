import type { IDataObject } from 'n8n-workflow';

import type { Limits } from '@/nodes/shared/contract/limits';
import type { Platform } from '@/nodes/shared/contract/platform';
import type { Post } from '@/nodes/shared/contract/post';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const nodeFor = (platform: Platform, parameters: IDataObject) =>
	testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', ...parameters },
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 'token' } },
			},
		],
		continueOnFail: true,
	});

const limitsOf = (max: number): Limits => ({ text: { max, unit: 'codePoints' }, media: {} });

describe('the limits of an account', () => {
	it('are asked for once in a run, and publishing sees them', async () => {
		const talk = conversation(HOST, [
			['GET', '/limits', 200, { max: 4 }],
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 200, { id: '2' }],
			['GET', '/limits', 200, { max: 3 }],
		]);
		const node = nodeFor(
			samplePlatform({
				limitsOf: async (api) =>
					limitsOf((await api.send<{ max: number }>({ path: '/limits' })).max),
				publish: async (api, { text }) =>
					await api.publish({
						method: 'POST',
						path: '/posts',
						body: { text, most: api.limits.text.max },
					}),
			}),
			{ text: 'Four' },
		);
		await node.run([{ json: {} }, { json: {} }]);
		const [[failed]] = await node.run([{ json: {} }], { fresh: true });
		expect(talk.requests.map(({ body }) => body)).toEqual([
			'',
			{ text: 'Four', most: 4 },
			{ text: 'Four', most: 4 },
			'',
		]);
		expect(failed.json.error).toMatchObject({ problems: [{ limit: 3, actual: 4 }] });
		talk.done();
	});

	it('are asked for before each post where the vendor wants that, though not to validate', async () => {
		const limits = ['GET', '/limits', 200, { max: 4 }] as const;
		const post = ['POST', '/posts', 200, { id: '1' }] as const;
		const platform = samplePlatform({
			limitsOf: async (api) => limitsOf((await api.send<{ max: number }>({ path: '/limits' })).max),
			limitsAnew: ({ numbering }) => numbering !== false,
		});
		const items = [{ json: {} }, { json: {} }];
		for (const [parameters, lines] of [
			[{}, [limits, post, limits, post]],
			[{ options: { numbering: false } }, [limits, post, post]],
			[{ operation: 'validate' }, [limits]],
		] as const) {
			const talk = conversation(HOST, lines);
			await nodeFor(platform, { text: 'Four', ...parameters }).run(items);
			talk.done();
			expect(talk.requests).toHaveLength(lines.length);
		}
	});

	it('are not kept where they could not be read', async () => {
		let asked = 0;
		const platform = samplePlatform({
			limitsOf: async (api) => {
				asked++;
				return limitsOf((await api.send<{ max: number }>({ path: '/limits' })).max);
			},
		});
		const talk = conversation(HOST, [
			['GET', '/limits', 403],
			['GET', '/limits', 200, { max: 9 }],
			['POST', '/posts', 200, { id: '2' }],
		]);
		const [items] = await nodeFor(platform, { text: 'Hi' }).run([{ json: {} }, { json: {} }]);
		expect(items).toMatchObject([
			{ json: { error: { code: 'permission_missing' } } },
			{ json: { id: '2' } },
		]);
		expect(asked).toBe(2);
		talk.done();
	});
});

describe('a text rule of the single post', () => {
	const platform = samplePlatform({
		options: [{ displayName: 'Room', name: 'room', type: 'number', default: 0 }],
		textRule: async ({ options }: Post, { text }: Limits) => ({
			...text,
			max: text.max - Number(options.room),
		}),
	});

	it('counts before sending, and splits', async () => {
		const talk = conversation(HOST, [
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 200, { id: '2' }],
		]);
		const text = 'word '.repeat(3).trim();
		const [[failed]] = await nodeFor(platform, { text, options: { room: 490 } }).run();
		expect(failed.json.error).toMatchObject({ problems: [{ limit: 10, actual: 14 }] });
		const options = { room: 490, longText: 'thread', numbering: false };
		await nodeFor(platform, { text, options }).run();
		expect(talk.requests.map(({ body }) => (body as IDataObject).text)).toEqual([
			'word word',
			'word',
		]);
		talk.done();
	});
});
