import FormData from 'form-data';

import type { FormPart } from '../../../nodes/shared/contract/http';
import { multipart } from '../../../nodes/shared/http/multipart';
import type { StreamedBody } from '../../../nodes/shared/http/streamed';
import { random, randomInteger } from '../../support/random';
import { collect, sourceOf, zeros } from '../../support/streams';

// Large and numerous files take long on a slow machine.
jest.setTimeout(60_000);

async function whole(body: Buffer | StreamedBody) {
	return Buffer.isBuffer(body) ? body : Buffer.concat(await collect(body));
}

/** Returns what undici, like a platform's parser, reads from a body. */
async function parsed(type: string, body: Buffer) {
	const form = await new Response(body, { headers: { 'content-type': type } }).formData();
	const fields = [...form].map(async ([name, value]) =>
		typeof value === 'string'
			? { name, value }
			: {
					name,
					filename: value.name,
					contentType: value.type,
					data: Buffer.from(await value.arrayBuffer()),
				},
	);
	return await Promise.all(fields);
}

async function ours(parts: FormPart[]) {
	const { headers, body } = multipart(parts);
	const sent = await whole(body);
	expect(headers['content-length']).toBe(sent.length);
	return await parsed(headers['content-type'], sent);
}

const photo = Buffer.from([0xff, 0xd8, 13, 10, 45, 45, 0, 13, 10]);
const parts: FormPart[] = [
	{ name: 'caption', value: 'Zwei Zeilen\nund ein Emoji 🎉' },
	{ name: 'empty', value: '' },
	{ name: 'source', filename: 'Foto ü 1.jpg', contentType: 'image/jpeg', data: photo },
	{ name: 'thumb', filename: 't.png', contentType: 'image/png', data: Buffer.alloc(0) },
];

it('is read like what form-data writes', async () => {
	const form = new FormData();
	for (const part of parts) {
		if ('data' in part) form.append(part.name, part.data, part);
		else form.append(part.name, part.value);
	}
	const theirs = await parsed(form.getHeaders()['content-type'], form.getBuffer());
	expect(await ours(parts)).toEqual(theirs);
	expect(await ours(parts)).toEqual(parts);
});

it('has these bytes', () => {
	const { headers, body } = multipart(parts.slice(1, 3));
	const boundary = headers['content-type'].replace('multipart/form-data; boundary=', '');
	expect(boundary).toMatch(/^[\w-]{10,70}$/);
	expect(body).toEqual(
		Buffer.concat([
			Buffer.from(
				`--${boundary}\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--${boundary}\r\n` +
					'Content-Disposition: form-data; name="source"; filename="Foto ü 1.jpg"\r\n' +
					'Content-Type: image/jpeg\r\n\r\n',
			),
			photo,
			Buffer.from(`\r\n--${boundary}--\r\n`),
		]),
	);
});

it('chooses a boundary of its own for each body', () => {
	const [first, second] = [multipart(parts), multipart(parts)];
	expect(first.headers['content-type']).not.toBe(second.headers['content-type']);
});

it('lets no name or type break out of its header', async () => {
	const nasty = '"; filename="x"\r\nContent-Type: text/html\r\n\r\n<script>';
	const { body } = multipart([
		{ name: nasty, value: 'a' },
		{ name: 'f', filename: nasty, contentType: 'image/png\r\nX-Evil: 1', data: photo },
	]);
	const escaped = '%22; filename=%22x%22%0D%0AContent-Type: text/html%0D%0A%0D%0A<script>';
	const lines = (await whole(body)).toString('latin1').split('\r\n');
	expect(lines.filter((line) => line.startsWith('Content-'))).toEqual([
		`Content-Disposition: form-data; name="${escaped}"`,
		`Content-Disposition: form-data; name="f"; filename="${escaped}"`,
		'Content-Type: application/octet-stream',
	]);
});

it('gives back any names and values', async () => {
	const next = random(7);
	const pool = ['a', 'ü', '漢', '🎉', ' ', '\n', '\r\n', ';', '=', '\\', '%', '--', '<', "'"];
	const any = (from: number) =>
		Array.from(
			{ length: randomInteger(next, from, 12) },
			() => pool[randomInteger(next, 0, 13)],
		).join('');
	for (let round = 0; round < 100; round++) {
		const name = any(1).replace(/[\r\n]/g, '');
		const filename = any(1).replace(/[\r\n]/g, '');
		const data = Buffer.from(any(0));
		const made: FormPart[] = [
			{ name: `${name}x`, value: any(0) },
			{ name: 'f', filename: `${filename}y`, contentType: 'text/x-any', data },
		];
		expect(await ours(made)).toEqual(made);
	}
});

describe('with a file that is read while sent', () => {
	const fileOf = (open: () => AsyncIterable<Buffer>, bytes: number): FormPart[] => [
		{ name: 'media_type', value: 'video/mp4' },
		{ name: 'media', filename: 'v.mp4', contentType: 'video/mp4', data: { bytes, open } },
	];

	it('knows its length and is read like the same file in memory', async () => {
		const file = Buffer.from(Array.from({ length: 500 }, (_, index) => index));
		const streamed = await ours(fileOf(() => sourceOf(file, random(2)), 500));
		expect(streamed).toEqual([
			{ name: 'media_type', value: 'video/mp4' },
			{ name: 'media', filename: 'v.mp4', contentType: 'video/mp4', data: file },
		]);
	});

	it('says to be a Blob of its type, and can be sent again', async () => {
		const opened: number[] = [];
		const { headers, body } = multipart(
			fileOf(() => {
				opened.push(opened.length);
				return sourceOf(photo);
			}, photo.length),
		);
		expect(Object.prototype.toString.call(body)).toBe('[object Blob]');
		expect(body).toMatchObject({ size: headers['content-length'], type: headers['content-type'] });
		expect(await whole(body)).toEqual(await whole(body));
		expect(opened).toEqual([0, 1]);
	});

	it('passes on what goes wrong in the file', async () => {
		const { body } = multipart(
			fileOf(async function* () {
				yield Buffer.alloc(10);
				throw new Error('gone');
			}, 20),
		);
		await expect(whole(body)).rejects.toThrow('gone');
	});

	it.each([
		[8, 'More than the announced 8 bytes came'],
		[10, 'Only 9 of the announced 10 bytes came'],
	])('fails rather than send %i bytes announced wrongly', async (bytes, message) => {
		await expect(whole(multipart(fileOf(() => sourceOf(photo), bytes)).body)).rejects.toThrow(
			message,
		);
	});

	it('closes the file when sending stops', async () => {
		const source = sourceOf([photo, photo]);
		const body = multipart(fileOf(() => source, 18)).body as StreamedBody;
		const reading = body[Symbol.asyncIterator]();
		for (let piece = 0; piece < 5; piece++) await reading.next();
		expect(source).toMatchObject({ read: 9, closed: false });
		body.destroy();
		await expect(reading.next()).resolves.toEqual({ done: true, value: undefined });
		expect(source).toMatchObject({ read: 9, closed: true });
	});

	it('stays small in memory', async () => {
		const size = 256 * 1024 * 1024;
		const { headers, body } = multipart(fileOf(() => zeros(size), size));
		const before = process.memoryUsage().arrayBuffers;
		let sent = 0;
		let most = 0;
		for await (const piece of body as StreamedBody) {
			sent += piece.length;
			most = Math.max(most, process.memoryUsage().arrayBuffers);
		}
		expect(sent).toBe(headers['content-length']);
		expect(most - before).toBeLessThan(64 * 1024 * 1024);
	});
});
