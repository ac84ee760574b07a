import type { IBinaryData } from 'n8n-workflow';
import nock from 'nock';

import { platforms } from '@/nodes/platforms';
import type { Limits } from '@/nodes/shared/contract/limits';
import type { Media } from '@/nodes/shared/contract/media';
import { validate } from '@/nodes/shared/publish/validate';
import { useBinaryStore } from '@/test/support/binaries';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

beforeAll(async () => {
	await useBinaryStore();
	nock.disableNetConnect();
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

const FILES = 'https://files.example.org';
const image = { count: 4, bytes: 1000, types: ['image/png'] };
const limits = (from: 'url' | 'bytes'): Limits => ({
	text: { max: 500, unit: 'codePoints' },
	media: { image: { ...image, from } },
});

const problems = async (from: 'url' | 'bytes', medium: object) => {
	const type = nodeOf(samplePlatform({ limits: limits(from) }));
	const binary: IBinaryData = { data: '', mimeType: 'image/png', fileName: 'a.png' };
	const [[{ json }]] = await testNode({
		type,
		parameters: {
			...{ resource: 'post', operation: 'validate', text: 'a' },
			media: { medium: [medium as never] },
		},
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	}).run([{ json: {}, binary: { data: binary } }]);
	return json.problems;
};

describe('a file without a byte', () => {
	const empty = [{ rule: 'sample.media.empty', message: 'a.png is empty: it has 0 bytes' }];

	it('is called so where it is one of the item', async () => {
		expect(await problems('bytes', { source: 'binary', binary: 'data' })).toMatchObject(empty);
	});

	it.each<['url' | 'bytes', nock.ReplyHeaders]>([
		['url', {}],
		['url', { 'content-length': '0' }],
		['bytes', {}],
		['bytes', { 'content-length': '0' }],
	])('is called so where a URL leads to it: %s %j', async (from, headers) => {
		nock(FILES).get('/a.png').reply(200, '', headers);
		const medium = { source: 'url', url: `${FILES}/a.png` };
		expect(await problems(from, medium)).toMatchObject(empty);
	});

	it.each(platforms.map((platform) => [platform.name, platform] as const))(
		'is called so by %s',
		async (_name, platform) => {
			const medium = { name: 'a.png', mime: '', bytes: 0, alt: '', options: {} } as Media;
			const post = { text: 'a', media: [medium], options: {} };
			const rules = (await validate(platform, post as never)).map(({ rule }) => rule);
			expect(rules).toContain(`${platform.id}.media.empty`);
			expect(rules).not.toContain(`${platform.id}.media.type`);
		},
	);
});
