import type { INodeExecutionData } from 'n8n-workflow';
import nock from 'nock';

import { planOf } from '@/nodes/TikTok/upload';
import { conversation, type Line } from '@/test/support/conversation';
import { mp4 } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import {
	complete,
	creator,
	fromBinary,
	good,
	HOST,
	INIT,
	outcome,
	status,
	tikTokNode,
} from './setup';

jest.setTimeout(60_000);

const MB = 1_000_000;
const UPLOADS = 'https://open-upload.tiktokapis.com';
const PATH = '/video/?upload_id=1&upload_token=Xza1';
const ID = 'v_pub_file~v2-1.1';

describe('a file is cut', () => {
	it.each([
		[3_145_728, 3_145_728, 1],
		[15 * MB, 15 * MB, 1],
		[64 * MB, 64 * MB, 1],
		[64 * MB + 1, 10 * MB, 6],
		[66_259_900, 10 * MB, 6],
		[4_294_967_296, 10 * MB, 429],
	])('of %i bytes into chunks of %i: %i', (video_size, chunk_size, total_chunk_count) => {
		expect(planOf(video_size)).toEqual({ video_size, chunk_size, total_chunk_count });
	});
});

interface Put {
	range: string;
	length: number;
	type: string;
	signed: boolean;
	bytes: Buffer;
}

/**
 * Answers chunks in this order: with a status, with a status and a body, or by cutting the
 * connection.
 */
const uploads = (...answers: Array<number | [status: number, body: string] | 'cut'>) => {
	const puts: Put[] = [];
	for (const answer of answers) {
		const scope = nock(UPLOADS).put(PATH);
		if (answer === 'cut') {
			scope.replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
			continue;
		}
		scope.reply(function (_uri, body) {
			const headers = this.req.headers as unknown as Record<string, string>;
			const length = Number(headers['content-length']);
			// nock gives a body that is valid text as text.
			const bytes = Buffer.from(String(body), String(body).length === length ? 'utf8' : 'hex');
			puts.push({
				range: headers['content-range'],
				length,
				type: headers['content-type'],
				signed: 'authorization' in headers,
				bytes,
			});
			return typeof answer === 'number' ? [answer, ''] : answer;
		});
	}
	return puts;
};

const LARGE = 65_500_123;
const options = { privacy: 'SELF_ONLY' };
const node = () => tikTokNode({ text: 'Film', media: fromBinary(), options });

let small: INodeExecutionData;
let large: INodeExecutionData;
let data: Record<'small' | 'large', Buffer>;

beforeAll(async () => {
	await useBinaryStore();
	const size = { width: 540, height: 960 };
	data = { small: mp4(size), large: mp4({ ...size, bytes: LARGE }) };
	const item = async (file: Buffer) =>
		await binaryItem({ data: { data: file, fileName: 'a.mp4', mimeType: 'video/mp4' } });
	small = await item(data.small);
	large = await item(data.large);
});

const run = async (item: INodeExecutionData, one = node()) => (await outcome(one, [item]))[0];

const started = [
	creator(),
	['POST', INIT, 200, good({ publish_id: ID, upload_url: UPLOADS + PATH })],
] as const;

/** One answer for each time that the node asks until TikTok has had enough time. */
const missing = () =>
	Array<Line>(4).fill(status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 0 }));

describe('a video', () => {
	it('up to 64 MB goes in one piece, without the token', async () => {
		const talk = conversation(HOST, [...started, complete]);
		const puts = uploads(201);
		const { length } = data.small;
		expect(await run(small)).toMatchObject({ id: ID, status: 'published', warnings: [] });
		expect(talk.requests[1].body).toMatchObject({
			source_info: {
				source: 'FILE_UPLOAD',
				video_size: length,
				chunk_size: length,
				total_chunk_count: 1,
			},
		});
		const range = `bytes 0-${length - 1}/${length}`;
		expect(puts).toMatchObject([{ range, length, type: 'video/mp4', signed: false }]);
		expect(puts[0].bytes.equals(data.small)).toBe(true);
		talk.done();
	});

	it('beyond that goes in chunks of 10 MB, the last with the rest', async () => {
		const talk = conversation(HOST, [...started, complete]);
		const puts = uploads(206, 206, 206, 206, 206, 201);
		expect(await run(large)).toMatchObject({ id: ID, status: 'published', warnings: [] });
		expect(talk.requests[1].body).toMatchObject({
			source_info: { video_size: LARGE, chunk_size: 10 * MB, total_chunk_count: 6 },
		});
		expect(puts.map(({ range, length }) => [range, length])).toEqual([
			[`bytes 0-9999999/${LARGE}`, 10 * MB],
			[`bytes 10000000-19999999/${LARGE}`, 10 * MB],
			[`bytes 20000000-29999999/${LARGE}`, 10 * MB],
			[`bytes 30000000-39999999/${LARGE}`, 10 * MB],
			[`bytes 40000000-49999999/${LARGE}`, 10 * MB],
			[`bytes 50000000-65500122/${LARGE}`, 15_500_123],
		]);
		expect(Buffer.concat(puts.map(({ bytes }) => bytes)).equals(data.large)).toBe(true);
		talk.done();
	});

	it('goes on after a chunk whose answer was lost', async () => {
		const talk = conversation(HOST, [
			...started,
			status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 20 * MB }),
			complete,
		]);
		const puts = uploads(206, 'cut', 416, 502, 206, 206, 206, 201);
		expect(await run(large)).toMatchObject({ id: ID, status: 'published', warnings: [] });
		expect(puts.map(({ range }) => range.replace(/^bytes (\d+)-.*/, '$1'))).toEqual([
			'0',
			'10000000',
			'20000000',
			'20000000',
			'30000000',
			'40000000',
			'50000000',
		]);
		talk.done();
	});

	it('ends where TikTok has other bytes than were sent', async () => {
		const talk = conversation(HOST, [
			...started,
			status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 5 * MB }),
		]);
		uploads(206, 416);
		expect((await run(large)).error).toMatchObject({
			code: 'media_rejected',
			rule: 'tikTok.upload.order',
			message: 'TikTok has 5000000 bytes of the video where 20000000 were sent',
		});
		talk.done();
	});

	it.each([
		[400, ''],
		[403, ''],
		[404, 'not found'],
		[400, '{"error":"invalid range"}'],
		[403, '{"code":10001,"message":"expired"}'],
	])('that gets %i %s is refused, as the status shows', async (answer, body) => {
		const talk = conversation(HOST, [...started, ...missing()]);
		uploads([answer, body]);
		const { error } = await run(small);
		expect(error).toMatchObject({ code: 'media_rejected', httpStatus: answer });
		expect(JSON.stringify(error)).not.toContain('Xza1');
		talk.done();
	});

	it.each([409, 302])('that gets a page with %i may be out', async (answer) => {
		const talk = conversation(HOST, [
			...started,
			status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: data.small.length }),
			complete,
		]);
		uploads([answer, '<html>']);
		expect(await run(small)).toMatchObject({ id: ID, status: 'already_published' });
		talk.done();
	});

	it('of which the last chunk got no answer is looked up by its publish_id', async () => {
		const talk = conversation(HOST, [
			...started,
			status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: LARGE }),
			status({ status: 'PROCESSING_UPLOAD', uploaded_bytes: LARGE }),
			complete,
		]);
		uploads(206, 206, 206, 206, 206, 'cut', 404);
		const one = node();
		const json = await run(large, one);
		expect(json).toMatchObject({ id: ID, status: 'already_published', warnings: [] });
		expect(await run(large, one)).toEqual(json);
		talk.done();
	});

	it('of which the last chunk did not come is not out, and goes as a new one', async () => {
		const again = 'v_pub_file~v2-1.2';
		const talk = conversation(HOST, [
			...started,
			...missing(),
			...([
				creator(),
				['POST', INIT, 200, good({ publish_id: again, upload_url: UPLOADS + PATH })],
			] as const),
			complete,
		]);
		uploads('cut', 'cut', 'cut', 'cut', 201);
		const one = node();
		expect((await run(small, one)).error).toMatchObject({
			code: 'platform_unavailable',
			retryable: true,
		});
		expect(await run(small, one)).toMatchObject({ id: again, status: 'published' });
		talk.done();
	});
});
