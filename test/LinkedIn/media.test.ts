import type { IDataObject } from 'n8n-workflow';

import type { Line } from '@/test/support/conversation';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { ALL, HOST, linkedInNode, ME, outcome, WORKS } from './setup';
import { asMember, asWorks, bodyOf, published, said } from './talk';

const CHUNK = 80_000;
/** Two parts and a half. */
const FILM = mp4({ bytes: 2.5 * CHUNK, seconds: 10 });
const files = {
	a: { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' },
	b: { data: png(30, 40), fileName: 'b.png', mimeType: 'image/png' },
	film: { data: FILM, fileName: 'film.mp4', mimeType: 'video/mp4' },
	paper: { data: Buffer.from('%PDF-1.7 text'), fileName: 'paper.pdf', mimeType: 'application/pdf' },
};
const media = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});

const urn = (kind: string, id: number) => `urn:li:${kind}:C${id}`;
const statusPath = (kind: string, id: number) =>
	`/rest/${kind}s/${encodeURIComponent(urn(kind, id))}`;
const status = (kind: string, id: number, said: string | object): Line => [
	'GET',
	statusPath(kind, id),
	200,
	typeof said === 'string' ? { status: said } : said,
];
const denied = (kind: string, id: number): Line => [
	'GET',
	statusPath(kind, id),
	403,
	{ status: 403, code: 'ACCESS_DENIED', message: `Accessing this ${kind} resource is forbidden` },
];

const whole = (kind: string, id: number): Line[] => [
	[
		'POST',
		`/rest/${kind}s`,
		200,
		{ value: { uploadUrl: `${HOST}/dms-uploads/${id}?ut=1`, [kind]: urn(kind, id) } },
	],
	['PUT', `/dms-uploads/${id}`, 201, ''],
];

const parts = [0, 1, 2].map((index) => ({
	uploadUrl: `${HOST}/dms-uploads/video?part=${index}`,
	firstByte: index * CHUNK,
	lastByte: Math.min((index + 1) * CHUNK, FILM.length) - 1,
}));
const opening = (uploadInstructions = parts): Line => [
	'POST',
	'/rest/videos',
	200,
	{ value: { video: urn('video', 1), uploadToken: 'ut', uploadInstructions } },
];
const part = (etag: string): Line => ['PUT', '/dms-uploads/video', 200, '', { etag }];
const finalizing: Line = ['POST', '/rest/videos', 200, ''];
const film: Line[] = [opening(), part('"/e/0"'), part('/e/1'), part('/e/2'), finalizing];

const run = async (parameters: IDataObject, setup: Parameters<typeof linkedInNode>[1] = {}) => {
	const [json] = await outcome(linkedInNode(parameters, setup), [await binaryItem(files)]);
	return json;
};

it('uploads an image with the token and does not ask after it without a scope', async () => {
	const talk = asMember(...whole('image', 1), published());
	expect(await run({ text: 'Hello', media: media('a', 'A picture') })).toMatchObject({
		status: 'published',
	});
	const [, opened, put, post] = talk.requests;
	expect(opened).toMatchObject({
		query: { action: 'initializeUpload' },
		body: { initializeUploadRequest: { owner: ME } },
	});
	expect(put.headers).toMatchObject({
		authorization: 'Bearer at-1',
		'content-type': 'image/png',
		'content-length': String(files.a.data.length),
	});
	const content = { media: { id: urn('image', 1), altText: 'A picture' } };
	expect(post.body).toEqual(bodyOf('Hello', { content }));
	talk.done();
});

it('uploads several images in order for an organization, and waits for each', async () => {
	const talk = asWorks(
		...whole('image', 1),
		...whole('image', 2),
		status('image', 1, 'PROCESSING'),
		status('image', 1, 'AVAILABLE'),
		status('image', 2, 'AVAILABLE'),
		published(),
	);
	const target = { __rl: true, mode: 'id', value: WORKS };
	await run({ media: media('a,b', 'First\n'), target }, { scope: ALL });
	const images = [{ id: urn('image', 1), altText: 'First' }, { id: urn('image', 2) }];
	expect(talk.requests.at(-1)?.body).toEqual({
		...bodyOf('', { content: { multiImage: { images } } }),
		author: WORKS,
	});
	talk.done();
});

it('does without the state of an image that LinkedIn does not show', async () => {
	const talk = asMember(...whole('image', 1), denied('image', 1), published());
	expect(await run({ media: media('a') }, { scope: ALL })).toMatchObject({ status: 'published' });
	talk.done();
});

it.each([
	['images', 'a,b', [...whole('image', 1), ...whole('image', 2)], {}, 20_000],
	['a document', 'paper', whole('document', 1), {}, 20_000],
	['images, as long as the user waits', 'a', whole('image', 1), { processingWait: 5 }, 5000],
	['images of which the user waits for none', 'a', whole('image', 1), { processingWait: 0 }, 0],
])(
	'gives a while to what a member may not ask after: %s',
	async (_what, names, uploads, options, ms) => {
		const talk = asMember(...uploads, published());
		const before = Date.now();
		expect(await run({ media: media(names), options })).toMatchObject({ status: 'published' });
		const took = Date.now() - before;
		expect(took).toBeGreaterThanOrEqual(ms);
		expect(took).toBeLessThan(ms + 15_000);
		talk.done();
	},
);

it.each([
	['the name of its file', {}, 'paper.pdf'],
	['the name of its file where the field is empty', { mediaTitle: '' }, 'paper.pdf'],
	['the one given', { mediaTitle: 'Paper' }, 'Paper'],
])('uploads a document with a title: %s', async (_which, options, title) => {
	const talk = asMember(...whole('document', 1), published());
	await run({ text: 'Read', media: media('paper'), options });
	expect(talk.requests.at(-1)?.body).toMatchObject({
		content: { media: { id: urn('document', 1), title } },
	});
	talk.done();
});

describe('a video', () => {
	it('is sent in the parts that LinkedIn names, without the token, and put together', async () => {
		const ready = status('video', 1, 'AVAILABLE');
		const talk = asMember(...film, status('video', 1, 'PROCESSING'), ready, published());
		const options = { mediaTitle: 'Film' };
		expect(await run({ text: 'Watch', media: media('film'), options })).toMatchObject({
			status: 'published',
		});
		const [, opened, ...rest] = talk.requests;
		expect(opened.body).toEqual({
			initializeUploadRequest: {
				owner: ME,
				fileSizeBytes: FILM.length,
				uploadCaptions: false,
				uploadThumbnail: false,
			},
		});
		const puts = rest.slice(0, 3);
		expect(puts.map(({ query }) => query.part).sort()).toEqual(['0', '1', '2']);
		expect(puts.map(({ headers }) => Number(headers['content-length'])).sort()).toEqual(
			[CHUNK / 2, CHUNK, CHUNK].sort(),
		);
		for (const { headers } of puts) {
			expect(headers).not.toHaveProperty('authorization');
			expect(headers['content-type']).toBe('application/octet-stream');
		}
		const { uploadedPartIds, ...sent } = (rest[3].body as Record<string, IDataObject>)
			.finalizeUploadRequest;
		expect(sent).toEqual({ video: urn('video', 1), uploadToken: 'ut' });
		// The ids are in the order of the parts, not in the order of the answers.
		expect(uploadedPartIds).toEqual(
			[0, 1, 2].map((index) => `/e/${puts.findIndex(({ query }) => query.part === String(index))}`),
		);
		expect(talk.requests.at(-1)?.body).toEqual(
			bodyOf('Watch', { content: { media: { id: urn('video', 1), title: 'Film' } } }),
		);
		talk.done();
	});

	it('that takes too long is left to Resume, which sends nothing again', async () => {
		const still = status('video', 1, 'PROCESSING');
		const talk = asWorks(...film, still);
		const parameters = {
			text: 'Watch',
			media: media('film'),
			target: { __rl: true, mode: 'id', value: WORKS },
			options: { processingWait: 0, firstComment: 'First' },
		};
		const node = linkedInNode(parameters, { scope: ALL });
		const [json] = await outcome(node, [await binaryItem(files)]);
		expect(json).toMatchObject({
			status: 'processing',
			id: urn('video', 1),
			account: { id: '1001', name: 'Crosspost Works' },
		});
		talk.done();

		const path = '/rest/socialActions/urn%3Ali%3AugcPost%3A73/comments';
		const later = asMember(status('video', 1, 'AVAILABLE'), published('urn:li:ugcPost:73'), [
			'POST',
			path,
			201,
			{ id: '1' },
		]);
		const resume = { operation: 'resume', resume: JSON.stringify(json.resume) };
		expect(await outcome(linkedInNode(resume, { scope: ALL }))).toMatchObject([
			{ status: 'published', id: 'urn:li:ugcPost:73', account: { name: 'Crosspost Works' } },
		]);
		expect(said(later)[2].body).toMatchObject({ author: WORKS, commentary: 'Watch' });
		later.done();
	});

	it('that cannot be processed is refused with the reason', async () => {
		const failed = { status: 'PROCESSING_FAILED', processingFailureReason: 'Bad codec' };
		const talk = asMember(...film, status('video', 1, failed));
		const { error } = await run({ media: media('film') });
		expect(error).toMatchObject({
			code: 'media_rejected',
			rule: 'linkedIn.media.processing',
			message: expect.stringContaining('Bad codec'),
		});
		talk.done();
	});

	it('that nobody may ask after gets a while, and LinkedIn says if it needs more', async () => {
		const early: Line = [
			'POST',
			'/rest/posts',
			400,
			{ status: 400, code: 'MEDIA_ASSET_WAITING_UPLOAD', message: 'Waiting' },
		];
		const before = Date.now();
		const talk = asMember(...film, denied('video', 1), early, early, published());
		expect(await run({ media: media('film') })).toMatchObject({ status: 'published' });
		expect(Date.now() - before).toBeGreaterThan(10_000 + FILM.length / 1000 + 30_000);
		talk.done();
	});

	it('that nobody may ask after and that is not ready for long is left to Resume', async () => {
		const early: Line = [
			'POST',
			'/rest/posts',
			400,
			// The wrong field has a code but no message.
			{
				status: 400,
				code: 'BAD_REQUEST',
				message: 'Waiting',
				errorDetails: { inputErrors: [{ code: 'MEDIA_ASSET_WAITING_UPLOAD' }] },
			},
		];
		const talk = asMember(...film, denied('video', 1), ...Array<Line>(5).fill(early));
		const waiting = await run({ text: 'Watch', media: media('film') });
		expect(waiting).toMatchObject({ status: 'processing', id: urn('video', 1), warnings: [] });
		talk.done();

		const later = asMember(denied('video', 1), published());
		const resume = linkedInNode({ operation: 'resume', resume: waiting.resume });
		expect(await outcome(resume)).toMatchObject([{ status: 'published' }]);
		expect(later.requests.at(-1)?.body).toEqual(
			bodyOf('Watch', { content: { media: { id: urn('video', 1) } } }),
		);
		later.done();
	});

	it('is refused where the parts do not fit it', async () => {
		const talk = asMember(opening(parts.slice(0, 1)), part('/e/0'));
		expect((await run({ media: media('film') })).error).toMatchObject({
			code: 'media_rejected',
			rule: 'linkedIn.media.parts',
		});
		talk.done();
	});
});
