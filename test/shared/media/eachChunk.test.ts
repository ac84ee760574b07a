import { multipart } from '@/nodes/shared/http/multipart';
import { eachChunk } from '@/nodes/shared/media/eachChunk';
import { random, randomInteger } from '@/test/support/random';
import { sourceOf } from '@/test/support/streams';

const source = (bytes: Buffer, piece: number) => ({
	closed: false,
	async *[Symbol.asyncIterator]() {
		try {
			for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
		} finally {
			this.closed = true;
		}
	},
});

const bytes = Buffer.from(Array.from({ length: 10_001 }, (_, index) => (index * 7) % 251));

describe.each([1, 2, 3])('%i chunks at once', (atOnce) => {
	it.each([7, 1000, 20_000])('carry the file in order, read in pieces of %i', async (piece) => {
		const got: Buffer[] = [];
		await eachChunk(source(bytes, piece), { size: 1000, atOnce }, async (chunk) => {
			const { bytes: held } = chunk;
			await new Promise((done) => setImmediate(done));
			got[chunk.index] = Buffer.from(held);
		});
		expect(got.map(({ length }) => length)).toEqual([...Array<number>(10).fill(1000), 1]);
		expect(Buffer.concat(got).equals(bytes)).toBe(true);
	});

	it.each([
		[10, [...Array<number>(9).fill(1000), 1001]],
		[8, [...Array<number>(7).fill(1000), 2000, 1000, 1]],
		[11, [...Array<number>(10).fill(1000), 1]],
	])('are %i, the last with what is left, up to twice the size', async (count, lengths) => {
		const got: Buffer[] = [];
		await eachChunk(source(bytes, 333), { size: 1000, atOnce, count }, async (chunk) => {
			got[chunk.index] = Buffer.from(chunk.bytes);
		});
		expect(got.map(({ length }) => length)).toEqual(lengths);
		expect(Buffer.concat(got).equals(bytes)).toBe(true);
	});

	it('stand in a form of their own, whole, also when sent twice', async () => {
		const seen: Array<Promise<ArrayBuffer>> = [];
		await eachChunk(source(bytes, 4096), { size: 4000, atOnce }, async (chunk) => {
			for (const _time of [1, 2]) {
				const { headers, body } = multipart([
					{ name: 'segment_index', value: String(chunk.index) },
					{ name: 'media', filename: 'chunk', contentType: 'video/mp4', data: chunk },
				]);
				expect((body as Buffer).length).toBe(headers['content-length']);
				const form = await new Response(new Uint8Array(body as Buffer), {
					headers: { 'content-type': headers['content-type'] },
				}).formData();
				expect(form.get('segment_index')).toBe(String(chunk.index));
				if (_time === 2) seen[chunk.index] = (form.get('media') as File).arrayBuffer();
			}
		});
		const parts = (await Promise.all(seen)).map((part) => Buffer.from(part));
		expect(Buffer.concat(parts).equals(bytes)).toBe(true);
	});

	it('give any file back, whatever the pieces', async () => {
		const next = random(atOnce);
		for (let round = 0; round < 100; round++) {
			const file = Buffer.from(
				Array.from({ length: randomInteger(next, 0, 400) }, () => next() * 256),
			);
			const size = randomInteger(next, 1, 60);
			const got: Buffer[] = [];
			await eachChunk(sourceOf(file, next), { size, atOnce }, async (chunk) => {
				got[chunk.index] = Buffer.from(chunk.bytes);
			});
			expect(Buffer.concat(got)).toEqual(file);
			expect(got).toHaveLength(Math.ceil(file.length / size));
		}
	});

	it('end with what goes wrong in the file', async () => {
		async function* broken() {
			yield bytes.subarray(0, 600);
			throw new Error('gone');
		}
		const sent: number[] = [];
		const sending = eachChunk(broken(), { size: 400, atOnce }, async (chunk) => {
			sent.push(chunk.bytes.length);
		});
		await expect(sending).rejects.toThrow('gone');
		expect(sent).toEqual([400]);
	});

	it('stop at the first failure and close the file', async () => {
		const file = source(bytes, 100);
		let sent = 0;
		const sending = eachChunk(file, { size: 1000, atOnce }, async () => {
			if (++sent === 2) throw new Error('refused');
		});
		await expect(sending).rejects.toThrow('refused');
		expect(file.closed).toBe(true);
		expect(sent).toBeLessThan(10);
	});
});

describe('memory of the pieces', () => {
	/** Chunks of 3000 bytes, each with its own memory, and a list of those that were released. */
	const pieces = (own?: true) => {
		const given: number[] = [];
		const source = {
			...(own && { own }),
			async *[Symbol.asyncIterator]() {
				for (let at = 0; at < bytes.length; at += 3000) {
					const piece = Buffer.from(new Uint8Array(bytes.subarray(at, at + 3000)).buffer);
					const transfer = (length: number) => given.push(at) && new ArrayBuffer(length);
					Object.assign(piece.buffer, { transfer });
					yield piece;
				}
			},
		};
		return { source, given };
	};
	const sent = async (source: AsyncIterable<Buffer>) => {
		const got: Buffer[] = [];
		await eachChunk(source, { size: 1000, atOnce: 2 }, async ({ bytes: held }) => {
			got.push(Buffer.from(held));
		});
		return Buffer.concat(got);
	};

	it('is given back after each of them was copied', async () => {
		const { source, given } = pieces(true);
		expect((await sent(source)).equals(bytes)).toBe(true);
		expect(given).toEqual([0, 3000, 6000, 9000]);
	});

	it('is left alone if somebody else may have it', async () => {
		const { source, given } = pieces();
		expect((await sent(source)).equals(bytes)).toBe(true);
		expect(given).toEqual([]);
	});
});
