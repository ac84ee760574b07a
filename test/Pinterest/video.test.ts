import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { conversation, type Line } from '@/test/support/conversation';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { type TestNode } from '@/test/support/n8n';
import { binary, BOARD, fromUrls, HOST, made, me, pinterestNode, resultOf } from './setup';

const WEB = 'https://img.example.org';
const STORAGE = 'https://pinterest-media-upload.s3-accelerate.amazonaws.com';
const FILM = mp4({ seconds: 10 });
const COVER = png(40, 60);
const FORM = {
	'x-amz-date': '20261122T000000Z',
	'x-amz-signature': 'signature-0123456789',
	key: 'uploads/11/aa/1',
	policy: 'policy-0123456789',
	'Content-Type': 'multipart/form-data',
};

const item = async () =>
	await binaryItem({
		film: { data: FILM, fileName: 'film.mp4', mimeType: 'video/mp4' },
		cover: { data: COVER, fileName: 'cover.png', mimeType: 'image/png' },
	});

const registered = [
	'POST',
	'/v5/media',
	201,
	{ media_id: '12', media_type: 'video', upload_url: `${STORAGE}/`, upload_parameters: FORM },
] as const;
const status = (state: string) =>
	['GET', '/v5/media/12', 200, { media_id: '12', status: state }] as const;

/** Records the uploads: the names of the form's parts in order, and whether a token was sent. */
function storage(answer = 204, body = '') {
	const seen: Array<{ names: string[]; authorization?: string; length: number; form: string }> = [];
	nock(STORAGE)
		.post('/')
		.reply(function (_uri, sent) {
			const form = Buffer.from(String(sent), 'hex').toString('latin1');
			const text = form.includes('name=') ? form : String(sent);
			const names = [...text.matchAll(/ name="([^"]+)"/g)].map(([, name]) => name);
			const { authorization, 'content-length': length } = this.req.headers as unknown as Record<
				string,
				string
			>;
			seen.push({ names, authorization, length: Number(length), form: text });
			return [answer, body];
		});
	return seen;
}

async function run(
	lines: readonly Line[],
	options: IDataObject = {},
	media: object = binary('film'),
) {
	const talk = conversation(HOST, lines);
	const node = pinterestNode({ text: 'Film', media, options });
	return { talk, node, result: await resultOf(node, [await item()]) };
}

const posted = ({ requests }: ReturnType<typeof conversation>) =>
	requests.find(({ path, method }) => path === '/v5/pins' && method === 'POST')?.body;

describe('a video', () => {
	it('is registered, sent as the signed form says, waited for and made a Pin', async () => {
		const uploads = storage();
		const lines = [
			me,
			registered,
			status('registered'),
			status('processing'),
			status('succeeded'),
			made(),
		];
		const { talk, result } = await run(lines, { coverTime: 3 });
		expect(result).toMatchObject({ id: '9', status: 'published' });
		expect(talk.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v5/user_account',
			'POST /v5/media',
			'GET /v5/media/12',
			'GET /v5/media/12',
			'GET /v5/media/12',
			'POST /v5/pins',
		]);
		expect(talk.requests[1].body).toEqual({ media_type: 'video' });
		expect(posted(talk)).toEqual({
			board_id: BOARD,
			description: 'Film',
			media_source: { source_type: 'video_id', media_id: '12', cover_image_key_frame_time: 3 },
		});
		expect(uploads).toMatchObject([
			{ names: [...Object.keys(FORM), 'file'], authorization: undefined },
		]);
		expect(uploads[0].length).toBeGreaterThan(FILM.length);
		talk.done();
	});

	it.each([
		['its first moment', {}, 'film', { cover_image_key_frame_time: 0 }],
		[
			'a picture on the web',
			{ coverImageUrl: `${WEB}/c.jpg` },
			'film',
			{ cover_image_url: `${WEB}/c.jpg` },
		],
		[
			'the picture beside it',
			{ coverImageUrl: `${WEB}/c.jpg` },
			'film,cover',
			{ cover_image_content_type: 'image/png', cover_image_data: COVER.toString('base64') },
		],
	])('has for its cover %s', async (_what, options, properties, cover) => {
		storage();
		const { talk } = await run(
			[me, registered, status('succeeded'), made()],
			options,
			binary(properties),
		);
		expect(posted(talk)).toMatchObject({
			media_source: { source_type: 'video_id', media_id: '12', ...cover },
		});
		talk.done();
	});

	it('that takes too long is left to Resume, which makes no second upload', async () => {
		storage();
		const { talk, node, result } = await run([me, registered, status('processing')], {
			processingWait: 0,
		});
		const resume = result.resume as IDataObject;
		expect(result).toMatchObject({ id: '12', status: 'processing' });
		expect(JSON.stringify(result)).not.toContain(FORM['x-amz-signature']);
		talk.done();
		const later = conversation(HOST, [status('succeeded'), made()]);
		const parameters = { operation: 'resume', resume };
		const done = await resultOf(node, [{ json: {} }], { parameters, fresh: true });
		expect(done).toMatchObject({ id: '9', status: 'published' });
		expect(posted(later)).toMatchObject({ board_id: BOARD, media_source: { media_id: '12' } });
		later.done();
	});

	const resumed = async (node: TestNode, resume: IDataObject, lines: readonly Line[]) => {
		const talk = conversation(HOST, lines);
		const parameters = { operation: 'resume', resume };
		const result = await resultOf(node, [{ json: {} }], { parameters, fresh: true });
		talk.done();
		return { result, pin: posted(talk) };
	};
	const finished = [status('succeeded'), made()];

	it.each<[string, IDataObject, string, object]>([
		['a moment', { coverTime: 3 }, 'film', { cover_image_key_frame_time: 3 }],
		[
			'a picture on the web',
			{ coverImageUrl: `${WEB}/c.jpg?width=600` },
			'film',
			{ cover_image_url: `${WEB}/c.jpg?width=600` },
		],
		[
			'the picture beside it',
			{},
			'film,cover',
			{ cover_image_content_type: 'image/png', cover_image_data: COVER.toString('base64') },
		],
	])('gets the same cover by Resume: %s', async (_what, options, properties, cover) => {
		storage();
		const { node, result } = await run(
			[me, registered, status('processing')],
			{ ...options, processingWait: 0 },
			binary(properties),
		);
		const { pin } = await resumed(node, result.resume as IDataObject, finished);
		expect(pin).toMatchObject({
			description: 'Film',
			media_source: { source_type: 'video_id', media_id: '12', ...cover },
		});
	});

	describe('with a cover whose URL is signed', () => {
		const secret = '5e1f0c';
		const signed = `${WEB}/c.png?X-Amz-Signature=${secret}`;
		const missing =
			'c.png was not kept, because its URL is signed: put "url" beside "missing" in Resume State';
		const inMedia = { medium: [...binary('film').medium, ...fromUrls(signed).medium] };

		it.each<[string, IDataObject, object]>([
			['Media', {}, inMedia],
			['Video Cover URL', { coverImageUrl: signed }, binary('film')],
		])('in %s asks for it again in Resume', async (_where, options, media) => {
			storage();
			nock(WEB).get('/c.png').query(true).optionally().reply(200, COVER);
			const waiting = [me, registered, status('processing')];
			const { node, result } = await run(waiting, { ...options, processingWait: 0 }, media);
			const resume = result.resume as IDataObject & { pending: IDataObject };
			expect(resume.pending).toEqual({
				film: '12',
				body: { board_id: BOARD, description: 'Film' },
				cover: { missing },
			});
			expect(JSON.stringify(resume)).not.toContain(new URL(signed).search);

			const unnamed = await resumed(node, resume, []);
			const problems = [{ rule: 'pinterest.media.missing', message: missing }];
			expect(unnamed.result.error).toMatchObject({ code: 'validation_failed', problems });

			const pending = { ...resume.pending, cover: { missing, url: signed } };
			const given = { ...resume, pending };
			const later = await resumed(node, given, [status('processing')]);
			expect(later.result.resume).toMatchObject({ pending: resume.pending });
			const { pin } = await resumed(node, given, finished);
			expect(pin).toMatchObject({ media_source: { cover_image_url: signed } });
		});

		it('in Media does not show it', async () => {
			storage();
			nock(WEB).get('/c.png').query(true).reply(200, COVER);
			const waiting = [me, registered, status('processing')];
			const { result } = await run(waiting, { processingWait: 0 }, inMedia);
			expect(result.status).toBe('processing');
			expect(JSON.stringify(result)).not.toContain(secret);
		});
	});

	it('that Pinterest cannot process is refused as such', async () => {
		storage();
		const { result } = await run([me, registered, status('processing'), status('failed')]);
		expect(result.error).toMatchObject({
			code: 'media_rejected',
			rule: 'pinterest.media.processing',
		});
	});

	it('that the storage does not take is refused without showing the form', async () => {
		storage(
			403,
			`<?xml version="1.0"?><Error><Code>AccessDenied</Code><SignatureProvided>${FORM['x-amz-signature']}</SignatureProvided></Error>`,
		);
		const { result } = await run([me, registered]);
		expect(result.error).toMatchObject({
			code: 'media_rejected',
			rule: 'pinterest.media.upload',
			message: 'Pinterest did not take the video (AccessDenied)',
		});
		expect(JSON.stringify(result)).not.toContain(FORM['x-amz-signature']);
	});

	it.each([
		[{ coverTime: 1.5 }, 'film', ['pinterest.cover.time']],
		[{ coverImageUrl: 'http://127.0.0.1/c.jpg' }, 'film', ['pinterest.cover.url']],
		[{}, 'film,cover,cover', ['pinterest.media.count']],
	])('with %j of %s is not sent', async (options, properties, rules) => {
		const { talk, result } = await run([], options, binary(properties));
		const { problems } = result.error as { problems: Array<{ rule: string }> };
		expect(problems.map(({ rule }) => rule)).toEqual(rules);
		expect(talk.requests).toEqual([]);
	});
});
