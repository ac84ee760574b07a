import nock from 'nock';

import type { Limits } from '@/nodes/shared/contract/limits';
import { png } from '@/test/support/mediaFixtures';
import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const FILES = 'https://files.example.org';
const image = { count: 4, bytes: 1000, types: ['image/png'] };
const limits = (from: 'url' | 'bytes'): Limits => ({
	text: { max: 500, unit: 'codePoints' },
	media: { image: { ...image, from } },
});

const validated = async (from: 'url' | 'bytes' = 'url') => {
	const platform = samplePlatform({ limits: limits(from) });
	const media = { medium: [{ source: 'url', url: `${FILES}/a.png` }] };
	const [[{ json }]] = await testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'validate', text: 'a', media },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	}).run();
	return json;
};
const leads = (from: string, location: string, status = 302) =>
	nock(FILES).get(from).reply(status, 'moved', { location });

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	expect(nock.pendingMocks()).toEqual([]);
	nock.cleanAll();
});
afterAll(() => nock.enableNetConnect());

describe('a media URL that redirects', () => {
	it('is followed, with a warning where the platform fetches the file itself', async () => {
		leads('/a.png', '/b');
		leads('/b', 'https://files.example.org/c.png', 307);
		nock(FILES).get('/c.png').reply(200, png(10, 10));
		expect(await validated()).toMatchObject({
			valid: true,
			warnings: [
				'a.png: the URL redirects, which the platform may not follow: give the address it leads to [sample.media.redirect]',
			],
		});
	});

	it('is nothing to talk about where the bytes are sent', async () => {
		leads('/a.png', '/b.png');
		nock(FILES).get('/b.png').reply(200, png(10, 10));
		expect(await validated('bytes')).toMatchObject({ valid: true, warnings: [] });
	});

	it('is given up where it leads nowhere', async () => {
		for (let hop = 0; hop < 6; hop++) leads('/a.png', '/a.png');
		expect(await validated()).toMatchObject({
			valid: false,
			problems: [
				{
					rule: 'sample.media.url',
					message: `The media URL ${FILES}/a.png leads from one redirect to the next`,
				},
			],
		});
	});

	it('is refused where it says no address', async () => {
		nock(FILES).get('/a.png').reply(304);
		expect(await validated()).toMatchObject({
			problems: [{ message: `The media URL ${FILES}/a.png answers with HTTP 304` }],
		});
	});
});

it('a page in the place of a file is called so', async () => {
	nock(FILES).get('/a.png').reply(200, '<!doctype html><title>Log in</title>');
	expect(await validated()).toMatchObject({
		valid: false,
		problems: [{ rule: 'sample.media.type', message: 'a.png is a web page, not the file itself' }],
	});
});
