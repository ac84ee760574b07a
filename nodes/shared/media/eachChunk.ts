import { cursor } from './chunks';

interface Filled {
	index: number;
	chunk: Buffer;
	/** What the chunk stands in, to be used again. */
	space: Buffer;
}

/**
 * Cuts a source into chunks of `size` and hands each to `send`, `atOnce` of them at a time, while
 * the next one is being read; the first failure ends it. A chunk is good until its `send` is done:
 * its memory is used again, since the garbage of large buffers costs more than sending them.
 */
export async function eachChunk(
	source: AsyncIterable<Buffer>,
	{ size, atOnce }: { size: number; atOnce: number },
	send: (chunk: Buffer, index: number) => Promise<unknown>,
): Promise<void> {
	const spaces: Buffer[] = Array.from({ length: atOnce }, () => Buffer.allocUnsafe(size));
	const chunks = filled(source, size, spaces);
	const worker = async () => {
		for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
			const { index, chunk, space } = next.value;
			await send(chunk, index);
			spaces.push(space);
		}
	};
	try {
		await Promise.all(spaces.map(worker));
	} finally {
		await chunks.return(undefined);
	}
}

/** Whoever asks for the next chunk has given back the last one, so there is always a space. */
async function* filled(
	source: AsyncIterable<Buffer>,
	size: number,
	spaces: Buffer[],
): AsyncGenerator<Filled, undefined> {
	const bytes = cursor(source);
	try {
		for (let index = 0; ; index++) {
			const space = spaces.pop() as Buffer;
			const length = await bytes.fill(space);
			if (length > 0) yield { index, chunk: space.subarray(0, length), space };
			if (length < size) return undefined;
		}
	} finally {
		await bytes.close();
	}
}
