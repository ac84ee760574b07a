import { conversation } from '@/test/support/conversation';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { facebookNode, GRAPH, longToken, outcome, PAGE } from './setup';
import { A, B, media, POST, shown, FIELDS, said, asking, posting, at } from './talk';

beforeAll(useBinaryStore);

describe('publishing on a Page', () => {
	it('sends text and link as the Page, whose token is asked for first', async () => {
		const link = 'https://example.org/a?b=1&c=2';
		const talk = conversation(GRAPH, [
			['GET', `/v26.0/${PAGE}`, 200, { id: PAGE, access_token: 'page-token-1' }],
			['POST', at('feed'), 200, { id: POST }],
			['GET', `/v26.0/${POST}`, 200, shown],
			['POST', at('feed'), 200, { id: `${PAGE}_78` }],
			['GET', `/v26.0/${PAGE}_78`, 200, shown],
		]);
		const node = facebookNode({ text: 'Grüße & #hello', link }, { token: longToken() });
		const [first, second] = await outcome(node, [{ json: {} }, { json: {} }]);
		expect(first).toEqual({
			platform: 'facebook',
			account: { id: PAGE, name: 'My Page' },
			id: POST,
			url: 'https://www.facebook.com/77',
			status: 'published',
			publishedAt: expect.any(String),
			warnings: [],
		});
		expect(second).toMatchObject({ id: `${PAGE}_78` });
		const sent = posting(at('feed'), { message: 'Grüße & #hello', link });
		expect(said(talk.requests)).toEqual([
			{ ...asking(`/v26.0/${PAGE}`, 'access_token'), as: 'Bearer user-token-1' },
			sent,
			asking(`/v26.0/${POST}`, FIELDS),
			sent,
			asking(`/v26.0/${PAGE}_78`, FIELDS),
		]);
		expect(talk.requests[1].headers['content-type']).toBe('application/json');
		talk.done();
	});

	it('uploads photos that nobody sees, then shows them in one post', async () => {
		const talk = conversation(GRAPH, [
			['POST', at('photos'), 200, { id: '11' }],
			['POST', at('photos'), 200, { id: '12' }],
			['POST', at('feed'), 200, { id: POST }],
			['GET', `/v26.0/${POST}`, 200, shown],
		]);
		const node = facebookNode({ text: 'Both', media: media('a, b', 'One\nTwo') });
		const [json] = await outcome(node, [await binaryItem({ a: A, b: B })]);
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		const photo = (alt_text_custom: string, { data }: typeof A) =>
			posting(at('photos'), {
				published: 'false',
				alt_text_custom,
				source: `${data.length} bytes`,
			});
		expect(said(talk.requests)).toEqual([
			photo('One', A),
			photo('Two', B),
			posting(at('feed'), {
				message: 'Both',
				attached_media: [{ media_fbid: '11' }, { media_fbid: '12' }],
			}),
			asking(`/v26.0/${POST}`, FIELDS),
		]);
		talk.done();
	});

	it('lets Facebook publish at a time, and keeps photos until then', async () => {
		const talk = conversation(GRAPH, [
			['POST', at('photos'), 200, { id: '11' }],
			['POST', at('feed'), 200, { id: POST }],
			['GET', `/v26.0/${POST}`, 200, shown],
		]);
		const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
		const node = facebookNode({ media: media('a'), options: { scheduledAt } });
		const [json] = await outcome(node, [await binaryItem({ a: A })]);
		const seconds = Math.floor(Date.parse(scheduledAt) / 1000);
		expect(json).toMatchObject({
			status: 'scheduled',
			publishedAt: new Date(seconds * 1000).toISOString(),
		});
		expect(said(talk.requests).map(({ body }) => body)).toEqual([
			{ published: 'false', temporary: 'true', source: `${A.data.length} bytes` },
			{
				attached_media: [{ media_fbid: '11' }],
				published: false,
				scheduled_publish_time: seconds,
			},
			undefined,
		]);
		talk.done();
	});

	it('speaks the version of the credential, and proves the secret for each token', async () => {
		const talk = conversation(GRAPH, [
			['GET', `/v27.0/${PAGE}`, 200, { id: PAGE, access_token: 'page-token-1' }],
			['POST', `/v27.0/${PAGE}/feed`, 200, { id: POST }],
			['GET', `/v27.0/${POST}`, 200, shown],
		]);
		const credential = { graphVersion: '27.0', signRequests: true };
		await outcome(facebookNode({ text: 'Hello' }, { token: longToken(), credential }));
		const proofs = talk.requests.map(({ query }) => query.appsecret_proof);
		// echo -n <token> | openssl dgst -sha256 -hmac app-secret-1234
		const page = 'bacaa749d2a25b5d5f2f313b09281a22ff2363eaf6580b0aba8510e81cd29103';
		expect(proofs).toEqual([
			'770e08234bead9242d13e6008fffc45083faca3e508b443664f6dcf2500dbc19',
			page,
			page,
		]);
		talk.done();
	});
});
