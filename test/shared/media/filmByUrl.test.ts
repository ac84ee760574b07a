import nock from 'nock';

import type { Limits } from '@/nodes/shared/contract/limits';
import { mp4 } from '@/test/support/mediaFixtures';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const limits: Limits = {
	text: { max: 500, unit: 'codePoints' },
	media: {
		video: {
			count: 1,
			bytes: 1e9,
			types: ['video/mp4'],
			from: 'url',
			seconds: { min: 3, max: 60 },
		},
	},
};

const rules = async (film: Buffer) => {
	nock('https://files.example.org').get('/a.mp4').reply(200, film);
	const media = { medium: [{ source: 'url', url: 'https://files.example.org/a.mp4' }] };
	const [[{ json }]] = await testNode({
		type: nodeOf(samplePlatform({ limits })),
		parameters: { resource: 'post', operation: 'validate', text: 'a', media },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
	}).run();
	return (json.problems as Array<{ rule: string }>).map(({ rule }) => rule);
};

it('a film that the platform fetches is known as far as its beginning tells', async () => {
	const bytes = 2 * 1024 ** 2;
	expect(await rules(mp4({ seconds: 60, bytes }))).toEqual([]);
	expect(await rules(mp4({ seconds: 61, bytes }))).toEqual(['sample.media.duration']);
	expect(await rules(mp4({ seconds: 61, bytes, moovLast: true }))).toEqual([]);
});
