import { Readable } from 'node:stream';

import type { ByteStream } from '@/nodes/shared/contract/media';
import { watch } from '@/nodes/shared/http/watch';

const rest = async (ms: number) => await new Promise<void>((done) => void setTimeout(done, ms));

/** A body that sends a byte every so many ms, and ends when its request is aborted. */
function dripping(every: number, signal: AbortSignal): ByteStream {
	const body = Readable.from(
		(async function* () {
			for (;;) {
				await rest(every);
				yield Buffer.from('a');
			}
		})(),
	);
	signal.addEventListener('abort', () => body.destroy(new Error('aborted')));
	return body;
}

const late = (): never => {
	throw new Error('too late');
};

async function readAll(pieces: AsyncIterable<Buffer>, step = async () => {}) {
	let bytes = 0;
	for await (const { length } of pieces) {
		bytes += length;
		await step();
	}
	return bytes;
}

describe('an answer that is watched over', () => {
	it('ends where nothing comes any more', async () => {
		const watched = watch(undefined, 30);
		const body = dripping(500, watched.signal);
		await expect(readAll(watched.pieces(body, late))).rejects.toThrow('too late');
		expect(watched.isLate()).toBe(true);
	});

	it('ends where no answer begins at all', async () => {
		const watched = watch(undefined, 10);
		await rest(100);
		expect(watched.signal.aborted).toBe(true);
	});

	it('ends where it drips for longer than all of it may take', async () => {
		const watched = watch(undefined, 1000);
		watched.allow(100);
		const body = dripping(5, watched.signal);
		await expect(readAll(watched.pieces(body, late))).rejects.toThrow('too late');
	});

	it('goes on while bytes come, however long that takes', async () => {
		const watched = watch(undefined, 60);
		const body = Readable.from(
			(async function* () {
				for (let sent = 0; sent < 12; sent++) {
					await rest(20);
					yield Buffer.from('a');
				}
			})(),
		);
		expect(await readAll(watched.pieces(body, late))).toBe(12);
	});

	it('waits for whoever takes the pieces', async () => {
		const watched = watch(undefined, 20);
		const body = Readable.from([Buffer.from('a'), Buffer.from('b')]);
		const bytes = await readAll(watched.pieces(body, late), async () => await rest(100));
		expect([bytes, watched.isLate()]).toEqual([2, false]);
	});

	it('is not late when the execution is stopped, nor once it was read', async () => {
		const stop = new AbortController();
		const stopped = watch(stop.signal, 1000);
		const body = dripping(5, stopped.signal);
		setTimeout(() => stop.abort(), 30);
		await expect(readAll(stopped.pieces(body, late))).rejects.toThrow('aborted');
		expect(stopped.isLate()).toBe(false);

		const read = watch(undefined, 20);
		read.allow(50);
		await readAll(read.pieces(Readable.from([Buffer.from('a')]), late));
		await rest(100);
		expect(read.signal.aborted).toBe(false);
	});
});
