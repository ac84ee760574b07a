import type { Bytes } from '../contract/media';
import { cursor } from '../http/chunks';

/** A part of a file, in memory that is used again as soon as it was sent. */
export interface Chunk {
	readonly index: number;
	readonly bytes: Buffer;
	/** The chunk with something around it, in one piece and without a copy of it. */
	framed(before: Buffer, after: Buffer): Buffer;
}

interface Filled extends Chunk {
	space: Buffer;
}

/** Room before and after a chunk for what is put around it. */
const MARGIN = 1024;

/**
 * Cuts a source into chunks of `size` and hands each to `send`, `atOnce` of them at a time, while
 * the next one is being read; the first failure ends it. A chunk is good until its `send` is done:
 * its memory is used again, since the garbage of large buffers costs more than sending them.
 * With `count` there are so many chunks, and the last one takes what is left, up to twice the size.
 */
export async function eachChunk(
	source: Bytes,
	{ size, atOnce, count }: { size: number; atOnce: number; count?: number },
	send: (chunk: Chunk) => Promise<unknown>,
): Promise<void> {
	const most = count === undefined ? size : 2 * size;
	const spaces: Buffer[] = Array.from({ length: atOnce }, () =>
		Buffer.allocUnsafe(most + 2 * MARGIN),
	);
	const chunks = filled(source, spaces, (index) => (index + 1 === count ? most : size));
	const worker = async () => {
		for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
			await send(next.value);
			spaces.push(next.value.space);
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
	source: Bytes,
	spaces: Buffer[],
	sizeOf: (index: number) => number,
): AsyncGenerator<Filled, undefined> {
	const bytes = cursor(source.own ? givenBack(source) : source);
	try {
		for (let index = 0; ; index++) {
			const space = spaces.pop() as Buffer;
			const size = sizeOf(index);
			const length = await bytes.fill(space.subarray(MARGIN, MARGIN + size));
			if (length > 0) yield chunkOf(index, space, length);
			if (length < size) return undefined;
		}
	} finally {
		await bytes.close();
	}
}

/** By the time the next piece is asked for, the last one was copied into a chunk. */
async function* givenBack(source: Bytes) {
	for await (const piece of source) {
		yield piece;
		giveBack(piece);
	}
}

/** Node 20 has no `transfer`. */
type Transferable = ArrayBufferLike & { transfer?(length: number): ArrayBuffer };

/**
 * Empties a piece that has its memory to itself. The garbage collector would come to it late: it
 * sees a few small objects, not the megabytes behind them.
 */
function giveBack({ buffer, length }: Buffer) {
	if (length === buffer.byteLength) (buffer as Transferable).transfer?.(0);
}

function chunkOf(index: number, space: Buffer, length: number): Filled {
	const end = MARGIN + length;
	return {
		index,
		space,
		bytes: space.subarray(MARGIN, end),
		framed: (before, after) => {
			if (before.length > MARGIN || after.length > MARGIN) {
				return Buffer.concat([before, space.subarray(MARGIN, end), after]);
			}
			before.copy(space, MARGIN - before.length);
			after.copy(space, end);
			return space.subarray(MARGIN - before.length, end + after.length);
		},
	};
}
