import nock from 'nock';

import { useBinaryStore } from '@/test/support/binaries';
import { png } from '@/test/support/mediaFixtures';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

beforeAll(async () => {
	await useBinaryStore();
	nock.disableNetConnect();
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

/** n8n in these tests allows 127.0.0.0/8. */
const SECRET = 'http://127.0.0.1:9999';
const PUBLIC = 'https://a.example.org';
const INTRANET = 'http://127.0.0.1:8080';

/** Publishes a link with the picture from its page, or with one that the user chose. */
const published = async (link: string, own?: string) => {
	nock(HOST).post('/posts').reply(200, { id: '7' });
	const platform = samplePlatform({
		publish: async (api, post) => {
			const card = await api.card(post.link ?? '');
			const image = own ?? card?.image;
			const picture =
				image && (await api.tolerate('Picture', async () => await api.fetchMedia(image, 10_000)));
			const body = { mime: picture ? picture.mime : 'none' };
			const { id } = await api.publish<{ id: string }>({ method: 'POST', path: '/posts', body });
			return { id };
		},
	});
	const [[{ json }]] = await testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', text: 'Hi', link },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	}).run();
	return json;
};
const page = (origin: string, image: string, path = '/') =>
	nock(origin)
		.get(path)
		.reply(200, `<title>T</title><meta property="og:image" content="${image}">`);
const picture = (origin: string) => nock(origin).get('/secret.png').reply(200, png(2, 2));
const leads = (origin: string, from: string, location: string) =>
	nock(origin).get(from).reply(302, '', { location });

describe('the picture that a public page names', () => {
	it.each(['/card.png', 'https://b.example.org/card.png'])(
		'is not read where it leads inside of the network, whatever is allowed: %s',
		async (image) => {
			page(PUBLIC, image);
			leads(new URL(image, PUBLIC).origin, '/card.png', `${SECRET}/secret.png`);
			const secret = picture(SECRET);
			expect(await published(`${PUBLIC}/`)).toMatchObject({
				warnings: [expect.stringContaining(`${SECRET}/secret.png is not public`)],
			});
			expect(secret.isDone()).toBe(false);
		},
	);

	it('is not read inside of the network where the page itself was led there', async () => {
		leads(PUBLIC, '/', `${INTRANET}/`);
		page(INTRANET, '/secret.png');
		const secret = picture(INTRANET);
		expect(await published(`${PUBLIC}/`)).toMatchObject({
			warnings: [expect.stringContaining('is not public')],
		});
		expect(secret.isDone()).toBe(false);
	});

	it('is read from the internet', async () => {
		page(PUBLIC, '/secret.png');
		picture(PUBLIC);
		expect(await published(`${PUBLIC}/`)).toMatchObject({ id: '7', warnings: [] });
	});
});

describe('the picture of a page inside of the network that the user links to', () => {
	it('is read from the same host', async () => {
		page(INTRANET, '/secret.png');
		const own = picture(INTRANET);
		expect(await published(`${INTRANET}/`)).toMatchObject({ id: '7', warnings: [] });
		expect(own.isDone()).toBe(true);
	});

	it('is not read from another one there', async () => {
		page(INTRANET, 'http://127.0.0.2/secret.png');
		const other = picture('http://127.0.0.2');
		expect(await published(`${INTRANET}/`)).toMatchObject({
			warnings: [expect.stringContaining('is not public')],
		});
		expect(other.isDone()).toBe(false);
	});
});

it('a picture that the user names is read from where n8n’s settings allow it', async () => {
	page(PUBLIC, '/card.png');
	const own = picture(SECRET);
	expect(await published(`${PUBLIC}/`, `${SECRET}/secret.png`)).toMatchObject({ warnings: [] });
	expect(own.isDone()).toBe(true);
});
