import nock from 'nock';

import { conversation, type Line } from '@/test/support/conversation';
import { jpeg, mp4, webp } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import {
	complete,
	CONTENT,
	CREATOR,
	creator,
	fromBinary,
	fromUrls,
	good,
	HOST,
	INBOX,
	INIT,
	keptToken,
	outcome,
	status,
	STATUS,
	tikTokNode,
} from './setup';

const FILES = 'https://files.example.org';
const UPLOADS = 'https://open-upload-i18n.tiktokapis.com';
const film = mp4({ width: 540, height: 960 });

beforeAll(async () => await useBinaryStore());

/** Serves files, which n8n reads before it sends anything. */
const serve = (files: Record<string, Buffer>) => {
	for (const [path, file] of Object.entries(files)) {
		nock(FILES)
			.get(path)
			.reply(200, file, { 'content-length': String(file.length) });
	}
};
const item = async () =>
	await binaryItem({ data: { data: film, fileName: 'a.mp4', mimeType: 'video/mp4' } });
const taken = (publish_id: string) => good({ publish_id });
const uploading = (path: string, publish_id: string): Line => {
	nock(UPLOADS).put('/video/?upload_id=1&upload_token=t').reply(201, '');
	const upload_url = `${UPLOADS}/video/?upload_id=1&upload_token=t`;
	return ['POST', path, 200, good({ publish_id, upload_url })];
};
const said = ({ requests }: ReturnType<typeof conversation>) =>
	requests.map(({ method, path, body }) => ({ method, path, body }));
const asking = (publish_id: string) => ({ method: 'POST', path: STATUS, body: { publish_id } });
const reading = { method: 'POST', path: CREATOR, body: {} };

describe('a video', () => {
	it('goes out to whom the author chose, with all that is not allowed off', async () => {
		const talk = conversation(HOST, [
			creator(),
			uploading(INIT, 'v1'),
			status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: film.length }),
			complete,
			creator(),
			uploading(INIT, 'v2'),
			complete,
		]);
		const node = tikTokNode({
			text: 'Grüße #n8n',
			link: 'https://example.org/',
			media: fromBinary(),
			options: { privacy: 'MUTUAL_FOLLOW_FRIENDS' },
		});
		const [first, second] = await outcome(node, [await item(), await item()]);
		expect(first).toEqual({
			platform: 'tikTok',
			account: { id: 'open-1', name: 'alice' },
			id: 'v1',
			status: 'published',
			publishedAt: expect.any(String),
			warnings: [],
		});
		expect(second).toMatchObject({ id: 'v2', status: 'published' });
		const body = {
			post_info: {
				privacy_level: 'MUTUAL_FOLLOW_FRIENDS',
				disable_comment: true,
				brand_content_toggle: false,
				brand_organic_toggle: false,
				title: 'Grüße #n8n\n\nhttps://example.org/',
				disable_duet: true,
				disable_stitch: true,
				is_aigc: false,
			},
			source_info: {
				source: 'FILE_UPLOAD',
				video_size: film.length,
				chunk_size: film.length,
				total_chunk_count: 1,
			},
		};
		expect(said(talk)).toEqual([
			reading,
			{ method: 'POST', path: INIT, body },
			asking('v1'),
			asking('v1'),
			reading,
			{ method: 'POST', path: INIT, body },
			asking('v2'),
		]);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual(
			Array(7).fill('Bearer act.token-1'),
		);
		talk.done();
	});

	it('says what it shows: AI, brands, a cover, and lets people answer', async () => {
		const talk = conversation(HOST, [
			creator({ stitch_disabled: false }),
			uploading(INIT, 'v1'),
			status({ status: 'PUBLISH_COMPLETE', publicaly_available_post_id: [] }),
			[
				'POST',
				STATUS,
				200,
				'{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[7574000000000000001]},"error":{"code":"ok"}}',
			],
		]);
		const options = {
			privacy: 'PUBLIC_TO_EVERYONE',
			allowComments: true,
			allowDuets: true,
			allowStitches: true,
			aiGenerated: true,
			brandedContent: true,
			yourBrand: true,
			videoCover: 1500,
		};
		const node = tikTokNode({ text: 'Film', media: fromBinary(), options });
		expect(await outcome(node, [await item()])).toMatchObject([
			{
				id: '7574000000000000001',
				url: 'https://www.tiktok.com/@alice/video/7574000000000000001',
				status: 'published',
				warnings: [],
			},
		]);
		expect(talk.requests[1].body).toMatchObject({
			post_info: {
				privacy_level: 'PUBLIC_TO_EVERYONE',
				title: 'Film',
				disable_comment: false,
				disable_duet: false,
				disable_stitch: false,
				is_aigc: true,
				brand_content_toggle: true,
				brand_organic_toggle: true,
				video_cover_timestamp_ms: 1500,
			},
		});
		talk.done();
	});

	it('that TikTok is to fetch is sent as its URL', async () => {
		serve({ '/%C3%A4.mp4': film });
		const talk = conversation(HOST, [
			creator(),
			['POST', INIT, 200, taken('v1')],
			status({ status: 'PROCESSING_DOWNLOAD' }),
			complete,
		]);
		const options = { privacy: 'SELF_ONLY', pullVideo: true };
		const media = fromUrls(`${FILES}/ä.mp4`);
		const [result] = await outcome(tikTokNode({ text: 'Film', media, options }));
		expect(result).toMatchObject({ id: 'v1', status: 'published' });
		expect(talk.requests[1].body).toMatchObject({
			source_info: { source: 'PULL_FROM_URL', video_url: `${FILES}/%C3%A4.mp4` },
		});
		talk.done();
	});

	it('as a draft goes to the inbox with nothing but itself', async () => {
		const talk = conversation(HOST, [
			uploading(INBOX, 'v1'),
			status({ status: 'SEND_TO_USER_INBOX' }),
		]);
		const token = keptToken({ scope: 'user.info.basic,video.upload' });
		const options = { postType: 'draft' };
		const node = tikTokNode({ text: 'Film', media: fromBinary(), options }, { token });
		expect(await outcome(node, [await item()])).toMatchObject([
			{
				id: 'v1',
				status: 'draft',
				warnings: [expect.stringMatching(/takes no text .* \[tikTok\.draft\.text\]$/)],
			},
		]);
		expect(Object.keys(talk.requests[0].body as object)).toEqual(['source_info']);
		talk.done();
	});
});

describe('photos', () => {
	const photos = { '/a.jpg': jpeg(540, 960), '/b.webp': webp(540, 960) };
	const media = fromUrls(`${FILES}/a.jpg`, `${FILES}/b.webp`);

	it('are fetched by TikTok, with title, text and cover', async () => {
		serve(photos);
		const talk = conversation(HOST, [
			creator(),
			['POST', CONTENT, 200, taken('p1')],
			status({ status: 'PROCESSING_DOWNLOAD' }),
			[
				'POST',
				STATUS,
				200,
				'{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[7574000000000000003]},"error":{"code":"ok"}}',
			],
		]);
		const options = {
			privacy: 'PUBLIC_TO_EVERYONE',
			photoTitle: 'Two',
			photoCover: 2,
			addMusic: true,
			aiGenerated: true,
			allowComments: true,
		};
		const [result] = await outcome(tikTokNode({ text: 'a'.repeat(4000), media, options }));
		expect(result).toMatchObject({
			id: '7574000000000000003',
			url: 'https://www.tiktok.com/@alice/photo/7574000000000000003',
		});
		expect(talk.requests[1].body).toEqual({
			media_type: 'PHOTO',
			post_mode: 'DIRECT_POST',
			post_info: {
				title: 'Two',
				description: 'a'.repeat(4000),
				privacy_level: 'PUBLIC_TO_EVERYONE',
				disable_comment: false,
				brand_content_toggle: false,
				brand_organic_toggle: false,
				auto_add_music: true,
				is_aigc: true,
			},
			source_info: {
				source: 'PULL_FROM_URL',
				photo_images: [`${FILES}/a.jpg`, `${FILES}/b.webp`],
				photo_cover_index: 1,
			},
		});
		talk.done();
	});

	it('as a draft keep title and text', async () => {
		serve(photos);
		const talk = conversation(HOST, [
			creator(),
			['POST', CONTENT, 200, taken('p1')],
			status({ status: 'SEND_TO_USER_INBOX' }),
		]);
		const options = { postType: 'draft', photoTitle: 'Two', allowComments: true };
		const [result] = await outcome(tikTokNode({ text: 'Text', media, options }));
		expect(result).toMatchObject({ id: 'p1', status: 'draft', warnings: [] });
		expect(talk.requests[1].body).toMatchObject({
			post_mode: 'MEDIA_UPLOAD',
			post_info: { title: 'Two', description: 'Text' },
		});
		expect(Object.keys((talk.requests[1].body as { post_info: object }).post_info)).toEqual([
			'title',
			'description',
		]);
		talk.done();
	});
});

describe('a post that is still processing when the time is over', () => {
	it('is finished by Resume without a second one', async () => {
		const busy = status({ status: 'PROCESSING_UPLOAD' });
		const named: Line = [
			'POST',
			STATUS,
			200,
			'{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":["7574000000000000001"]},"error":{"code":"ok"}}',
		];
		const talk = conversation(HOST, [
			creator(),
			uploading(INIT, 'v1'),
			busy,
			creator(),
			busy,
			['POST', CREATOR, 200, { data: {}, error: { code: 'spam_risk_too_many_posts' } }],
			named,
		]);
		const options = { privacy: 'PUBLIC_TO_EVERYONE', processingWait: 0 };
		const node = tikTokNode({ text: 'Film', media: fromBinary(), options });
		const [waiting] = await outcome(node, [await item()]);
		expect(waiting).toMatchObject({
			id: 'v1',
			status: 'processing',
			resume: {
				pending: {
					publishId: 'v1',
					kind: 'video',
					open: true,
					username: 'alice',
					bytes: film.length,
				},
			},
		});
		const resuming = async (resume: unknown) =>
			await outcome(tikTokNode({ operation: 'resume', resume: JSON.stringify(resume) }));
		const [still] = await resuming(waiting.resume);
		expect(still).toMatchObject({ id: 'v1', status: 'processing', resume: waiting.resume });
		expect(await resuming(still.resume)).toMatchObject([
			{
				id: '7574000000000000001',
				url: 'https://www.tiktok.com/@alice/video/7574000000000000001',
				status: 'published',
				warnings: [expect.stringMatching(/^Reading what the creator may choose failed: /)],
			},
		]);
		talk.done();
	});

	it('without a name after a minute is published all the same', async () => {
		const talk = conversation(HOST, [
			creator(),
			uploading(INIT, 'v1'),
			complete,
			...Array<Line>(6).fill(complete),
		]);
		const options = { privacy: 'PUBLIC_TO_EVERYONE' };
		const node = tikTokNode({ text: 'Film', media: fromBinary(), options });
		expect(await outcome(node, [await item()])).toMatchObject([
			{
				id: 'v1',
				status: 'published',
				warnings: ['TikTok has not named the post yet: Post: Get Publish Status may do so later.'],
			},
		]);
		expect(talk.requests.length).toBeGreaterThan(5);
	});
});
