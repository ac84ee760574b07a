import nock from 'nock';

import { conversation } from '@/test/support/conversation';
import { png, webp } from '@/test/support/mediaFixtures';
import { ALL, HOST, linkedInNode, outcome, WORKS } from './setup';
import { asMember, asWorks, bodyOf, published, said } from './talk';

/** Returns the body of the last request, which makes the post. */
const sent = ({ requests }: ReturnType<typeof conversation>) => requests.at(-1)?.body;

const page = (html: string) => nock('https://example.org').get('/article').reply(200, html);
/** Only the header says that the picture is so large; the node does not read the rest. */
const hugePng = () => {
	const bytes = png(1, 1);
	bytes.writeUInt32BE(6020, 16);
	bytes.writeUInt32BE(6020, 20);
	return bytes;
};
const ARTICLE =
	'<title>Plain</title><meta property="og:title" content="On (b)"><meta property="og:description" content="About b">';

describe('the link of a post', () => {
	const link = 'https://example.org/article';

	it('is shown by what its page says, which LinkedIn does not read itself', async () => {
		page(ARTICLE);
		const talk = asMember(published());
		expect(await outcome(linkedInNode({ text: 'Read', link }))).toMatchObject([{ warnings: [] }]);
		const article = { source: link, title: 'On (b)', description: 'About b' };
		expect(sent(talk)).toEqual(bodyOf('Read', { content: { article } }));
		talk.done();
	});

	it('is shown without a text, and without a page by its address', async () => {
		nock('https://example.org').get('/article').reply(404);
		const talk = asMember(published());
		await outcome(linkedInNode({ link }));
		expect(sent(talk)).toEqual(bodyOf('', { content: { article: { source: link, title: link } } }));
		talk.done();
	});

	it('has a picture, which belongs to the author', async () => {
		nock('https://files.example.org').get('/a.png').reply(200, png(40, 30));
		const image = 'urn:li:image:C1';
		const talk = asWorks(
			['POST', '/rest/images', 200, { value: { uploadUrl: `${HOST}/dms-uploads/1`, image } }],
			['PUT', '/dms-uploads/1', 201, ''],
			['GET', `/rest/images/${encodeURIComponent(image)}`, 200, { status: 'AVAILABLE' }],
			published(),
		);
		const options = {
			cardTitle: 'Title',
			cardDescription: 'Words',
			cardImage: 'https://files.example.org/a.png',
		};
		const target = { __rl: true, mode: 'list', value: '1001' };
		const node = linkedInNode({ text: 'Read', link, options, target }, { scope: ALL });
		expect(await outcome(node)).toMatchObject([{ status: 'published', warnings: [] }]);
		expect(said(talk)[2]).toMatchObject({
			query: { action: 'initializeUpload' },
			body: { initializeUploadRequest: { owner: WORKS } },
		});
		const article = { source: link, title: 'Title', description: 'Words', thumbnail: image };
		expect(sent(talk)).toMatchObject({ author: WORKS, content: { article } });
		talk.done();
	});

	it('goes without a picture that LinkedIn cannot process', async () => {
		nock('https://files.example.org').get('/a.png').reply(200, png(40, 30));
		page(ARTICLE);
		const image = 'urn:li:image:C1';
		const talk = asMember(
			['POST', '/rest/images', 200, { value: { uploadUrl: `${HOST}/dms-uploads/1`, image } }],
			['PUT', '/dms-uploads/1', 201, ''],
			['GET', `/rest/images/${encodeURIComponent(image)}`, 200, { status: 'PROCESSING_FAILED' }],
			published(),
		);
		const options = { cardImage: 'https://files.example.org/a.png' };
		const node = linkedInNode({ text: 'Read', link, options }, { scope: ALL });
		expect(await outcome(node)).toMatchObject([
			{
				warnings: [
					expect.stringMatching(/^The picture of the link card failed: LinkedIn could not/),
				],
			},
		]);
		expect(sent(talk)).not.toHaveProperty('content.article.thumbnail');
		talk.done();
	});

	it.each([
		['WebP', webp(40, 30), 'is image/webp, and LinkedIn takes image/jpeg, image/png, image/gif'],
		['a page', '<!doctype html><title>Log in</title>', 'is text/html, and LinkedIn takes'],
		['too large', hugePng(), 'has 6020×6020 pixels, and LinkedIn takes up to 36152319 in all'],
	])('goes without a picture that LinkedIn does not take: %s', async (_what, bytes, why) => {
		nock('https://files.example.org').get('/a').reply(200, bytes);
		page(ARTICLE);
		const talk = asMember(published());
		const options = { cardImage: 'https://files.example.org/a' };
		expect(await outcome(linkedInNode({ text: 'Read', link, options }))).toMatchObject([
			{ status: 'published', warnings: [expect.stringContaining(`failed: it ${why}`)] },
		]);
		expect(said(talk).map(({ path }) => path)).toEqual(['/v2/userinfo', '/rest/posts']);
		expect(sent(talk)).not.toHaveProperty('content.article.thumbnail');
		talk.done();
	});

	it('goes without a picture that cannot be fetched', async () => {
		nock('https://files.example.org').get('/a.png').reply(404);
		page(ARTICLE);
		const talk = asMember(published());
		const options = { cardImage: 'https://files.example.org/a.png' };
		expect(await outcome(linkedInNode({ text: 'Read', link, options }))).toMatchObject([
			{ warnings: [expect.stringMatching(/^The picture of the link card failed: /)] },
		]);
		expect(sent(talk)).not.toHaveProperty('content.article.thumbnail');
		talk.done();
	});

	it('stands after the text where no card is wanted', async () => {
		const talk = asMember(published());
		await outcome(linkedInNode({ text: 'Read', link, options: { card: 'none' } }));
		expect(sent(talk)).toEqual(bodyOf(`Read\n\n${link}`));
		talk.done();
	});
});
