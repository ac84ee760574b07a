import nock from 'nock';

import { conversation } from '../support/conversation';
import { gif, mp4, png } from '../support/mediaFixtures';
import { binaryItem } from '../support/binaries';
import { BEFORE, HOST, WHOAMI, mastodonNode, outcome, status } from './setup';
import { sent } from './talk';

/** A multipart body; nock gives it in hex if it is not text. */
const textOf = (body: unknown) =>
	/^[0-9a-f]+$/.test(String(body))
		? Buffer.from(String(body), 'hex').toString('latin1')
		: String(body);

describe('media on Mastodon', () => {
	it('uploads media with alt text and focus, in order, and waits for those in processing', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v2/media', 200, { id: 'a1' }],
			['POST', '/api/v2/media', 202, { id: 'a2', url: null }],
			['GET', '/api/v1/media/a2', 206, { id: 'a2', url: null }],
			['GET', '/api/v1/media/a2', 200, { id: 'a2' }],
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const file = (width: number) => ({
			data: png(width, 4),
			fileName: `${width}.png`,
			mimeType: '',
		});
		const item = await binaryItem({ one: file(8), two: file(9) });
		const medium = [
			{ source: 'binary', binaryProperty: 'one', altText: 'Ein Bild', focus: '0.0, -0.5' },
			{ source: 'binary', binaryProperty: 'two', altText: '', focus: '' },
		];
		await outcome(mastodonNode({ text: 'Two', media: { medium } }), [item]);
		const [one, two] = talk.requests.filter(({ path }) => path === '/api/v2/media');
		expect(textOf(one.body)).toMatch(
			/name="description"\r\n\r\nEin Bild\r\n[^]*name="focus"\r\n\r\n0.0,-0.5\r\n[^]*name="file"; filename="8.png"\r\nContent-Type: image\/png\r\n/,
		);
		expect(textOf(two.body)).not.toMatch(/description|focus/);
		expect(sent(talk)[0].body).toEqual({ status: 'Two', media_ids: ['a1', 'a2'] });
		talk.done();
	});

	it('goes on with the first version of the media call on servers without the second', async () => {
		const talk = conversation(HOST, [
			['GET', '/api/v2/instance', 404, { error: 'Record not found' }],
			['GET', '/api/v1/instance', 200, { version: '2.75', max_toot_chars: 10 }],
			WHOAMI,
			['POST', '/api/v2/media', 404, ''],
			['POST', '/api/v1/media', 200, { id: '6f0a' }],
			['POST', '/api/v1/statuses', 200, status('69e0c1f2')],
		]);
		const item = await binaryItem({ data: { data: gif(), fileName: 'a.gif', mimeType: '' } });
		const medium = [{ source: 'binary', binaryProperty: 'data' }];
		const [json] = await outcome(mastodonNode({ text: 'Hi', media: { medium } }), [item]);
		expect(json.id).toBe('69e0c1f2');
		expect(sent(talk)[0].body).toEqual({ status: 'Hi', media_ids: ['6f0a'] });
		talk.done();
	});

	it('hands out what finishes a post whose video takes too long, and finishes it', async () => {
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v2/media', 202, { id: 'a1' }],
			['GET', '/api/v1/media/a1', 206, { id: 'a1' }],
			BEFORE[0],
			['GET', '/api/v1/media/a1', 200, { id: 'a1' }],
			['POST', '/api/v1/statuses', 200, status('11')],
		]);
		const item = await binaryItem({ data: { data: png(8, 8), fileName: 'a.png', mimeType: '' } });
		const medium = [{ source: 'binary', binaryProperty: 'data' }];
		const node = mastodonNode({ text: 'Film', media: { medium }, options: { processingWait: 0 } });
		const [waiting] = await outcome(node, [item]);
		expect(waiting).toMatchObject({ id: 'a1', status: 'processing' });
		const [done] = (
			await node.run([{ json: {} }], {
				parameters: { operation: 'resume', resume: JSON.stringify(waiting.resume) },
				fresh: true,
			})
		)[0];
		expect(done.json).toMatchObject({ id: '11', status: 'published' });
		expect(sent(talk).map(({ body }) => body)).toEqual([{ status: 'Film', media_ids: ['a1'] }]);
		talk.done();
	});

	it('gives a video the cover from the web, and does without where there is none', async () => {
		const cover = png(3, 3);
		nock('https://example.com')
			.get('/cover.png')
			.reply(200, cover, { 'content-length': String(cover.length) })
			.get('/cover.png')
			.reply(404);
		const talk = conversation(HOST, [
			...BEFORE,
			['POST', '/api/v2/media', 200, { id: 'a1' }],
			['POST', '/api/v1/statuses', 200, status('11')],
			['POST', '/api/v2/media', 200, { id: 'a2' }],
			['POST', '/api/v1/statuses', 200, status('12')],
		]);
		const film = { data: mp4(), fileName: 'film.mp4', mimeType: '' };
		const item = await binaryItem({ data: film });
		const parameters = {
			text: 'Film',
			media: { medium: [{ source: 'binary', binaryProperty: 'data' }] },
			options: { cover: 'https://example.com/cover.png' },
		};
		const [first, second] = await outcome(mastodonNode(parameters), [item, item]);
		expect(first.warnings).toEqual([]);
		expect(second.warnings).toEqual([expect.stringContaining('The cover failed')]);
		const uploads = talk.requests.filter(({ path }) => path === '/api/v2/media');
		expect(
			uploads.map(({ body }) => textOf(body).includes('name="thumbnail"; filename="cover.png"')),
		).toEqual([true, false]);
		talk.done();
	});
});
