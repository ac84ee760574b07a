import nock from 'nock';

import { conversation } from '@/test/support/conversation';
import { gif, jpeg, mp4, png, webp } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { binary, BOARD, fromUrls, HOST, made, me, pinterestNode, resultOf, SECTION } from './setup';

const WEB = 'https://img.example.org';
const A = png(40, 60);
const B = jpeg(40, 60);

/** Videos at the limits, and beyond them. */
const films = Object.fromEntries(
	Object.entries({
		least: { seconds: 4, width: 500, height: 1000 },
		most: { seconds: 900, width: 1910, height: 1000 },
		short: { seconds: 3 },
		long: { seconds: 901 },
		flat: { seconds: 10, width: 1920, height: 1000 },
		tall: { seconds: 10, width: 498, height: 1000 },
	}).map(([name, kind]) => [
		name,
		{ data: mp4(kind), fileName: `${name}.mp4`, mimeType: 'video/mp4' },
	]),
);

const files = async () =>
	await binaryItem({
		a: { data: A, fileName: 'a.png', mimeType: 'image/png' },
		b: { data: B, fileName: 'b.jpg', mimeType: 'image/jpeg' },
		wide: { data: png(60, 20), fileName: 'wide.png', mimeType: 'image/png' },
		...films,
		web: { data: webp(40, 60), fileName: 'web.webp', mimeType: 'image/webp' },
	});

/** Serves files on the web, however often they are requested. */
function web(bodies: Record<string, Buffer>) {
	for (const [path, body] of Object.entries(bodies)) nock(WEB).persist().get(path).reply(200, body);
}

/** Returns the body of the only Pin that these parameters make. */
async function bodyFor(parameters: object) {
	const talk = conversation(HOST, [me, made()]);
	const result = await resultOf(pinterestNode({ ...parameters }), [await files()]);
	expect(result).toMatchObject({
		id: '9',
		url: 'https://www.pinterest.com/pin/9/',
		status: 'published',
	});
	talk.done();
	return talk.requests[1].body;
}

const base64 = (content_type: string, bytes: Buffer) => ({
	content_type,
	data: bytes.toString('base64'),
});

describe('a Pin', () => {
	it('is made of a file, with all that can be said of it', async () => {
		const talk = conversation(HOST, [me, made()]);
		const options = {
			title: 'Lake',
			boardSection: { __rl: true, mode: 'list', value: SECTION },
			dominantColor: '#6E7874',
		};
		const media = binary('a', 'Water');
		const node = pinterestNode({ text: 'Blue', link: 'https://example.com/', media, options });
		expect(await resultOf(node, [await files()])).toEqual({
			platform: 'pinterest',
			account: { id: '7', name: 'alice' },
			id: '9',
			url: 'https://www.pinterest.com/pin/9/',
			status: 'published',
			publishedAt: expect.any(String),
			warnings: [],
		});
		expect(talk.requests[1]).toMatchObject({
			method: 'POST',
			path: '/v5/pins',
			query: {},
			headers: { authorization: 'Bearer pina_1', 'content-type': 'application/json' },
			body: {
				board_id: BOARD,
				board_section_id: SECTION,
				title: 'Lake',
				description: 'Blue',
				link: 'https://example.com/',
				alt_text: 'Water',
				dominant_color: '#6E7874',
				media_source: { source_type: 'image_base64', ...base64('image/png', A) },
			},
		});
	});

	it('is made of a picture on the web, which Pinterest fetches', async () => {
		web({ '/a.webp': webp(2, 3) });
		expect(await bodyFor({ media: fromUrls(`${WEB}/a.webp`) })).toEqual({
			board_id: BOARD,
			media_source: { source_type: 'image_url', url: `${WEB}/a.webp` },
		});
	});

	it('is made of several files, or of several pictures on the web', async () => {
		const media = binary('a, b', 'One\nTwo');
		const options = {
			carouselCover: 2,
			pictures: {
				picture: [
					{ title: 'First', description: 'A', link: '' },
					{ link: 'https://example.com/2' },
				],
			},
		};
		expect(await bodyFor({ text: 'Both', media, options })).toEqual({
			board_id: BOARD,
			description: 'Both',
			alt_text: 'One\nTwo',
			media_source: {
				source_type: 'multiple_image_base64',
				items: [
					{ ...base64('image/png', A), title: 'First', description: 'A' },
					{ ...base64('image/jpeg', B), link: 'https://example.com/2' },
				],
				index: 1,
			},
		});
		web({ '/a.png': A, '/b.gif': gif() });
		expect(await bodyFor({ media: fromUrls(`${WEB}/a.png`, `${WEB}/b.gif`) })).toEqual({
			board_id: BOARD,
			media_source: {
				source_type: 'multiple_image_urls',
				items: [{ url: `${WEB}/a.png` }, { url: `${WEB}/b.gif` }],
			},
		});
	});

	it('of a file and a picture on the web is sent as files', async () => {
		web({ '/b.jpg': B });
		const medium = [...binary('a').medium, ...fromUrls(`${WEB}/b.jpg`).medium];
		expect(await bodyFor({ media: { medium } })).toMatchObject({
			media_source: {
				source_type: 'multiple_image_base64',
				items: [base64('image/png', A), base64('image/jpeg', B)],
			},
		});
	});
});

describe('before anything is sent', () => {
	const checked = async (parameters: object) => {
		const talk = conversation(HOST, []);
		const node = pinterestNode({ operation: 'validate', ...parameters });
		const { problems, warnings } = await resultOf(node, [await files()]);
		expect(talk.requests).toEqual([]);
		return {
			rules: (problems as Array<{ rule: string }>)?.map(({ rule }) => rule),
			warnings,
		};
	};
	const media = binary('a');

	it.each<[string, object, string[]]>([
		['no media', { text: 'a' }, ['pinterest.media.missing']],
		['no board', { media, target: '' }, ['pinterest.target.missing']],
		['the name of a board', { media, target: 'recipes' }, ['pinterest.board.address']],
		['a long description', { media, text: 'a'.repeat(801) }, ['pinterest.text.length']],
		['a long title', { media, options: { title: 'a'.repeat(101) } }, ['pinterest.title.length']],
		[
			'a long link',
			{ media, link: `https://example.com/${'a'.repeat(2030)}` },
			['pinterest.link.length'],
		],
		['a link that is none', { media, link: 'example' }, ['pinterest.link.url']],
		[
			'a long alt text of two',
			{ media: binary('a,b', `${'a'.repeat(300)}\n${'b'.repeat(300)}`) },
			['pinterest.alt.length'],
		],
		[
			'the name of a section',
			{ media, options: { boardSection: 'Japan' } },
			['pinterest.section.address'],
		],
		['a color by name', { media, options: { dominantColor: 'blue' } }, ['pinterest.color.format']],
		['WebP as a file', { media: binary('web') }, ['pinterest.media.type']],
		[
			'a cover beyond the last picture',
			{ media: binary('a,b'), options: { carouselCover: 3 } },
			['pinterest.carousel.cover'],
		],
		[
			'texts for pictures that are not there',
			{ media, options: { pictures: { picture: [{}, {}] } } },
			['pinterest.carousel.texts'],
		],
		['a video of 3 seconds', { media: binary('short') }, ['pinterest.media.duration']],
		['a video of more than 15 minutes', { media: binary('long') }, ['pinterest.media.duration']],
		['a video wider than 1.91:1', { media: binary('flat') }, ['pinterest.media.ratio']],
		['a video taller than 1:2', { media: binary('tall') }, ['pinterest.media.ratio']],
		['six pictures', { media: binary('a,b,a,b,a,b') }, ['pinterest.media.count']],
	])('refuses %s', async (_what, parameters, rules) => {
		expect(await checked(parameters)).toMatchObject({ rules });
	});

	it.each([
		['the shortest', 'least'],
		['the longest', 'most'],
	])('takes %s and most extreme video that Pinterest takes', async (_what, property) => {
		expect(await checked({ media: binary(property) })).toEqual({ rules: [], warnings: [] });
	});

	it('warns of pictures of different proportions', async () => {
		expect(await checked({ media: binary('a,wide') })).toEqual({
			rules: [],
			warnings: [expect.stringContaining('[pinterest.carousel.ratio]')],
		});
	});

	it('takes the text as the description alone: the link stands beside it', async () => {
		const node = pinterestNode({
			operation: 'validate',
			text: 'a',
			link: 'https://example.com/',
			media,
		});
		expect(await resultOf(node, [await files()])).toMatchObject({
			valid: true,
			parts: [{ text: 'a' }],
		});
	});
});
