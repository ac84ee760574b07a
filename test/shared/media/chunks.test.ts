import { Readable } from 'node:stream';

import { cursor, exactly, head, limited } from '../../../nodes/shared/http/chunks';
import { collect, sourceOf } from '../../support/streams';

const bytes = (from: number, to: number) =>
	Buffer.from(Array.from({ length: to - from }, (_, index) => from + index));

function refuse(seen: number): never {
	throw new RangeError(`${seen} bytes`);
}

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

it('closes a stream of which nothing was read', async () => {
	const stream = Readable.from([bytes(0, 5)]);
	await cursor(stream).close();
	expect(stream.destroyed).toBe(true);
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
