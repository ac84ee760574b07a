import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { conversation, type Line } from '@/test/support/conversation';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import {
	AT,
	blob,
	blueskyNode,
	bodyOf,
	DID,
	loggedIn,
	outcome,
	published,
	recordIn,
	uriOf,
} from './setup';

beforeAll(useBinaryStore);

const FILM = mp4();
const items = async () => [
	await binaryItem({ film: { data: FILM, fileName: 'film.mp4', mimeType: 'video/mp4' } }),
];
const media = { medium: [{ source: 'binary', binaryProperty: 'film', altText: 'A film' }] };
const stored = blob('video/mp4', FILM.length);

const UPLOAD = '/xrpc/app.bsky.video.uploadVideo';
const STATUS = '/xrpc/app.bsky.video.getJobStatus';
const service = (...lines: readonly Line[]) => conversation('https://video.bsky.app', lines);
const job = (state: string, more: IDataObject = {}) => ({ jobId: 'j1', did: DID, state, ...more });
const busy = job('JOB_STATE_ENCODING');
const done = job('JOB_STATE_COMPLETED', { blob: stored });
const serviceAuth: Line = ['GET', AT.serviceAuth, 200, { token: 'service-token-1' }];

const embed = {
	$type: 'app.bsky.embed.video',
	video: stored,
	alt: 'A film',
	aspectRatio: { width: expect.any(Number), height: expect.any(Number) },
};

it('a video goes by the service with a token for the server of the account', async () => {
	const talk = loggedIn(serviceAuth, published());
	const film = service(
		['POST', UPLOAD, 200, busy],
		['GET', STATUS, 200, { jobStatus: busy }],
		['GET', STATUS, 200, { jobStatus: done }],
	);
	const node = blueskyNode({ text: 'Film', media });
	expect(await outcome(node, await items())).toMatchObject([{ status: 'published', warnings: [] }]);
	expect(talk.requests[2].query).toMatchObject({
		aud: 'did:web:morel.example',
		lxm: 'com.atproto.repo.uploadBlob',
	});
	expect(film.requests[0]).toMatchObject({
		query: { did: DID, name: expect.stringMatching(/^[0-9a-f]+\.mp4$/) },
		headers: { authorization: 'Bearer service-token-1', 'content-length': String(FILM.length) },
	});
	expect(film.requests[1].query).toEqual({ jobId: 'j1' });
	expect(film.requests[1].headers).not.toHaveProperty('authorization');
	expect(recordIn(talk)).toMatchObject({ text: 'Film', embed });
	film.done();
	talk.done();
});

it('a video that the service has already is not waited for', async () => {
	const talk = loggedIn(serviceAuth, published());
	const film = service(['POST', UPLOAD, 409, { ...done, error: 'already_exists' }]);
	await outcome(blueskyNode({ text: 'Film', media }), await items());
	expect(recordIn(talk)).toMatchObject({ embed });
	film.done();
	talk.done();
});

it('a video may go to the server itself, and stand beside a quote', async () => {
	const quote = uriOf('3kabcdefghijk');
	const talk = loggedIn(
		['GET', AT.record, 200, { uri: quote, cid: 'c0', value: {} }],
		['POST', AT.blob, 200, { blob: stored }],
		published(),
	);
	const node = blueskyNode({ text: 'Film', media, options: { videoUpload: 'pds', quote } });
	await outcome(node, await items());
	expect(recordIn(talk).embed).toEqual({
		$type: 'app.bsky.embed.recordWithMedia',
		record: { $type: 'app.bsky.embed.record', record: { uri: quote, cid: 'c0' } },
		media: embed,
	});
	talk.done();
});

it('a video that fails is refused with the words of the service', async () => {
	loggedIn(serviceAuth);
	const failed = job('JOB_STATE_FAILED', {
		failureCode: 'encoding_failure',
		message: 'Could not be read',
	});
	service(['POST', UPLOAD, 200, busy], ['GET', STATUS, 200, { jobStatus: failed }]);
	expect(await outcome(blueskyNode({ text: 'Film', media }), await items())).toMatchObject([
		{
			error: {
				code: 'media_rejected',
				rule: 'bluesky.video.encoding_failure',
				message: 'Bluesky did not take the video: Could not be read, encoding_failure',
			},
		},
	]);
});

describe('a video that is still in work when the time is over', () => {
	const options = { processingWait: 0, quotes: false };
	const applied: Line = ['POST', AT.apply, 200, { results: [{ uri: uriOf('3k'), cid: 'c' }] }];

	const waiting = async (parameters: IDataObject = {}) => {
		const talk = loggedIn(serviceAuth);
		const film = service(['POST', UPLOAD, 200, busy], ['GET', STATUS, 200, { jobStatus: busy }]);
		const node = blueskyNode({ text: 'Film @bob', media, options, ...parameters });
		const given = await items();
		const [json] = await outcome(node, given);
		expect(await outcome(node, given)).toEqual([json]);
		film.done();
		talk.done();
		nock.cleanAll();
		return json;
	};
	const resuming = async (resume: unknown) =>
		await outcome(blueskyNode({ operation: 'resume', resume: resume as IDataObject }));

	it('is told as processing, and finished by Resume without a second upload', async () => {
		const json = await waiting();
		expect(json).toMatchObject({ id: 'j1', status: 'processing', account: { id: DID } });
		expect(json.resume).toMatchObject({ pending: { film: { jobId: 'j1' } } });
		expect(JSON.stringify(json)).not.toContain('service-token-1');

		loggedIn();
		service(['GET', STATUS, 200, { jobStatus: busy }]);
		const [still] = await resuming(json.resume);
		expect(still).toMatchObject({ status: 'processing', resume: json.resume });

		const talk = loggedIn(applied);
		service(['GET', STATUS, 200, { jobStatus: done }]);
		expect(await resuming(JSON.stringify(still.resume))).toMatchObject([
			{ id: uriOf('3k'), status: 'published' },
		]);
		const [post, gate] = bodyOf(talk, AT.apply).writes as Array<
			IDataObject & { value: IDataObject }
		>;
		const { rkey } = (json.resume as { pending: IDataObject }).pending;
		const createdAt = expect.stringMatching(/Z$/);
		expect(post).toMatchObject({ rkey, value: { text: 'Film @bob', createdAt, embed } });
		expect(gate).toMatchObject({ rkey, value: { createdAt, post: uriOf(String(rkey)) } });
	});

	it('makes one post even if it is finished twice', async () => {
		const { resume } = await waiting({ options: { processingWait: 0 } });
		const { rkey } = (resume as { pending: { rkey: string } }).pending;
		const swap = { error: 'InvalidSwap', message: 'Record was at c1' };
		const there = { uri: uriOf(rkey), cid: 'c1', value: { text: 'Film' } };
		const talk = loggedIn(['POST', AT.put, 400, swap], ['GET', AT.record, 200, there]);
		service(['GET', STATUS, 200, { jobStatus: done }]);
		expect(await resuming(resume)).toMatchObject([
			{ id: uriOf(rkey), status: 'already_published' },
		]);
		expect(bodyOf(talk, AT.put)).toMatchObject({ repo: DID, rkey, swapRecord: null });
		talk.done();
	});

	it('is followed by the rest of its thread', async () => {
		const thread = { post: [{ text: 'Two' }] };
		const { resume } = await waiting({ thread, options: { processingWait: 0 } });
		const talk = loggedIn(published('3k'), published('3l'));
		service(['GET', STATUS, 200, { jobStatus: done }]);
		expect(await resuming(resume)).toMatchObject([
			{ id: uriOf('3k'), thread: [{ id: uriOf('3k') }, { id: uriOf('3l') }] },
		]);
		const hangs = { uri: uriOf('3k'), cid: 'c-3k' };
		expect(recordIn(talk)).toMatchObject({ text: 'Two', reply: { root: hangs, parent: hangs } });
		talk.done();
	});
});

it('images stand beside a quote', async () => {
	const quote = uriOf('3kabcdefghijk');
	const picture = png(40, 20);
	const image = blob('image/png', picture.length);
	const talk = loggedIn(
		['POST', AT.blob, 200, { blob: image }],
		['GET', AT.record, 200, { uri: quote, cid: 'c0', value: {} }],
		published(),
	);
	const item = await binaryItem({
		a: { data: picture, fileName: 'a.png', mimeType: 'image/png' },
	});
	const files = { medium: [{ source: 'binary', binaryProperty: 'a' }] };
	await outcome(blueskyNode({ text: 'Look', media: files, options: { quote } }), [item]);
	expect(recordIn(talk).embed).toMatchObject({
		$type: 'app.bsky.embed.recordWithMedia',
		record: { record: { uri: quote, cid: 'c0' } },
		media: { images: [{ image, alt: '', aspectRatio: { width: 40, height: 20 } }] },
	});
	talk.done();
});
