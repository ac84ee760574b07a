import { chunks, cursor, exactly, head, limited } from '../../../nodes/shared/media/chunks';
import { random, randomInteger } from '../../support/random';
import { collect, sourceOf, zeros } from '../../support/streams';

// Large and many files on a slow machine.
jest.setTimeout(60_000);

const bytes = (from: number, to: number) =>
	Buffer.from(Array.from({ length: to - from }, (_, index) => from + index));

function refuse(seen: number): never {
	throw new RangeError(`${seen} bytes`);
}

describe('chunks', () => {
	it.each([
		['smaller pieces', [bytes(0, 3), bytes(3, 4), bytes(4, 10)], 4],
		['larger pieces', [bytes(0, 9), bytes(9, 10)], 4],
		['empty pieces', [bytes(0, 0), bytes(0, 4), bytes(4, 4), bytes(4, 10), bytes(10, 10)], 4],
	])('re-slices %s', async (_, pieces, size) => {
		const source = sourceOf(pieces);
		expect(await collect(chunks(source, size))).toEqual([bytes(0, 4), bytes(4, 8), bytes(8, 10)]);
		expect(source.closed).toBe(true);
	});

	it('leaves no empty chunk behind when the size divides the length', async () => {
		expect(await collect(chunks(sourceOf(bytes(0, 8)), 4))).toEqual([bytes(0, 4), bytes(4, 8)]);
		expect(await collect(chunks(sourceOf([]), 4))).toEqual([]);
	});

	it('gives any data back, whatever the pieces', async () => {
		const next = random(1);
		for (let round = 0; round < 200; round++) {
			const data = Buffer.from(
				Array.from({ length: randomInteger(next, 0, 400) }, () => next() * 256),
			);
			const size = randomInteger(next, 1, 60);
			const cut = await collect(chunks(sourceOf(data, next), size));
			expect(Buffer.concat(cut)).toEqual(data);
			expect(cut.map(({ length }) => length)).toEqual(
				Array.from({ length: Math.ceil(data.length / size) }, (_, index) =>
					Math.min(size, data.length - index * size),
				),
			);
		}
	});

	it('copies nothing where a piece holds a whole chunk', async () => {
		const data = bytes(0, 200);
		const [first, second] = await collect(chunks(sourceOf(data), 100));
		expect([first.buffer, second.buffer]).toEqual([data.buffer, data.buffer]);
		expect([first.byteOffset, second.byteOffset]).toEqual([data.byteOffset, data.byteOffset + 100]);
	});

	it('reads no further than the chunk asked for, and closes the source when left', async () => {
		const source = sourceOf(Array.from({ length: 10 }, () => bytes(0, 10)));
		for await (const chunk of chunks(source, 15)) {
			expect(chunk).toHaveLength(15);
			break;
		}
		expect(source).toMatchObject({ read: 20, closed: true });
	});

	it.each([0, -1, 1.5, NaN])('refuses a size of %p', async (size) => {
		await expect(collect(chunks(sourceOf(bytes(0, 8)), size))).rejects.toThrow('Not a chunk size');
	});

	it('hands on what goes wrong in the source', async () => {
		async function* broken() {
			yield bytes(0, 6);
			throw new Error('gone');
		}
		const seen: Buffer[] = [];
		const reading = (async () => {
			for await (const chunk of chunks(broken(), 4)) seen.push(chunk);
		})();
		await expect(reading).rejects.toThrow('gone');
		expect(seen).toEqual([bytes(0, 4)]);
	});

	it('holds no more than a chunk of a large file', async () => {
		let count = 0;
		let most = 0;
		for await (const chunk of chunks(zeros(256 * 1024 * 1024), 5 * 1024 * 1024)) {
			count += chunk.length;
			most = Math.max(most, process.memoryUsage().arrayBuffers);
		}
		expect(count).toBe(256 * 1024 * 1024);
		expect(most).toBeLessThan(200 * 1024 * 1024);
	});
});

describe('head', () => {
	it('gives the first bytes and closes the source', async () => {
		const source = sourceOf([bytes(0, 3), bytes(3, 6), bytes(6, 9)]);
		expect(await head(source, 4)).toEqual(bytes(0, 4));
		expect(source).toMatchObject({ read: 6, closed: true });
	});

	it('gives all there is of a shorter source', async () => {
		expect(await head(sourceOf([bytes(0, 3), bytes(3, 6)]), 100)).toEqual(bytes(0, 6));
		expect(await head(sourceOf([]), 100)).toEqual(Buffer.alloc(0));
	});
});

describe('cursor', () => {
	it('counts what it takes and skips', async () => {
		const data = cursor(sourceOf([bytes(0, 5), bytes(5, 10)]));
		expect(await data.take(2)).toEqual(bytes(0, 2));
		await data.skip(4);
		expect([data.at, await data.take(10), data.at]).toEqual([6, bytes(6, 10), 10]);
	});

	it('skips to the end and no further', async () => {
		const data = cursor(sourceOf([bytes(0, 5), bytes(5, 10)]));
		await data.skip(Infinity);
		expect([data.at, await data.take(1)]).toEqual([10, Buffer.alloc(0)]);
	});
});

describe('limited', () => {
	it('passes up to the bound', async () => {
		const pieces = [bytes(0, 5), bytes(5, 10)];
		expect(await collect(limited(sourceOf(pieces), 10, refuse))).toEqual(pieces);
	});

	it('refuses what goes past it before handing it on, and closes the source', async () => {
		const source = sourceOf([bytes(0, 5), bytes(5, 10), bytes(10, 15)]);
		const seen: Buffer[] = [];
		const reading = (async () => {
			for await (const piece of limited(source, 9, refuse)) seen.push(piece);
		})();
		await expect(reading).rejects.toThrow(new RangeError('10 bytes'));
		expect(seen).toEqual([bytes(0, 5)]);
		expect(source).toMatchObject({ read: 10, closed: true });
	});
});

describe('exactly', () => {
	it('passes the announced number of bytes', async () => {
		const pieces = [bytes(0, 5), bytes(5, 10)];
		expect(await collect(exactly(sourceOf(pieces), 10))).toEqual(pieces);
	});

	it.each([
		[11, 'Only 10 of the announced 11 bytes came'],
		[9, 'More than the announced 9 bytes came'],
	])('refuses if %i were announced', async (announced, message) => {
		const source = sourceOf([bytes(0, 5), bytes(5, 10)]);
		await expect(collect(exactly(source, announced))).rejects.toThrow(message);
		expect(source.closed).toBe(true);
	});
});
