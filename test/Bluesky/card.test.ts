import nock from 'nock';

import { jpeg, png } from '@/test/support/mediaFixtures';
import { useBinaryStore } from '@/test/support/binaries';
import { AT, blob, blueskyNode, loggedIn, outcome, published, recordIn } from './setup';

beforeAll(useBinaryStore);

const link = 'https://example.org/article';
const page = () =>
	nock('https://example.org')
		.get('/article')
		.reply(
			200,
			'<meta property="og:title" content="On (b)"><meta property="og:description" content="About b"><meta property="og:image" content="/card">',
		);
const external = { uri: link, title: 'On (b)', description: 'About b' };
const card = (more = {}) => ({
	$type: 'app.bsky.embed.external',
	external: { ...external, ...more },
});

describe('the link of a post', () => {
	it('is shown as a card with what its page says', async () => {
		const picture = png(40, 30);
		page();
		nock('https://example.org').get('/card').reply(200, picture);
		const thumb = blob('image/png', picture.length);
		const talk = loggedIn(['POST', AT.blob, 200, { blob: thumb }], published());
		expect(await outcome(blueskyNode({ text: 'Read', link }))).toMatchObject([{ warnings: [] }]);
		expect(talk.requests[2].headers).toMatchObject({
			'content-type': 'image/png',
			'content-length': String(picture.length),
		});
		expect(recordIn(talk)).toMatchObject({ text: 'Read', embed: card({ thumb }) });
		talk.done();
	});

	const large = Buffer.concat([jpeg(40, 30), Buffer.alloc(1_000_000)]);
	it.each<[string, Buffer | string, nock.ReplyHeaders, string]>([
		['a page', '<!doctype html><title>Log in</title>', {}, 'media is text/html, not an image'],
		['nothing', '', {}, 'The media URL https://example.org/card is empty'],
		[
			'a file that announces to be too large',
			large,
			{ 'content-length': String(large.length) },
			`The media URL https://example.org/card has ${large.length} bytes, at most 1000000 are taken here`,
		],
		[
			'a file that turns out to be too large',
			large,
			{},
			'The media URL https://example.org/card sends more than 1000000 bytes',
		],
	])('goes without a picture that is %s', async (_what, body, headers, why) => {
		page();
		nock('https://example.org').get('/card').reply(200, body, headers);
		const talk = loggedIn(published());
		expect(await outcome(blueskyNode({ text: 'Read', link }))).toMatchObject([
			{ status: 'published', warnings: [`The picture of the link card failed: ${why}`] },
		]);
		expect(recordIn(talk).embed).toEqual(card());
		talk.done();
	});

	it('is a card with its bare address where the page does not answer', async () => {
		nock('https://example.org').get('/article').reply(404);
		const talk = loggedIn(published());
		await outcome(blueskyNode({ text: 'Read', link }));
		expect(recordIn(talk).embed).toEqual({
			$type: 'app.bsky.embed.external',
			external: { uri: link, title: link, description: '' },
		});
		talk.done();
	});
});
