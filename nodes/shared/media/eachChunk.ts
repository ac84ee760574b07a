import type { Bytes } from '../contract/media';
import { cursor } from '../http/chunks';

/** A part of a file. Its memory is reused after it was sent. */
export interface Chunk {
	readonly index: number;
	readonly bytes: Buffer;
	/** The chunk with bytes before and after it in one Buffer, without copying the chunk. */
	framed(before: Buffer, after: Buffer): Buffer;
}

interface Filled extends Chunk {
	space: Buffer;
}

/** Spare bytes before and after a chunk. */
const MARGIN = 1024;

/**
 * Cuts a source into chunks of `size` and sends up to `atOnce` of them in parallel while reading
 * on. The first failure ends it. A chunk is valid until its `send` ends; its memory is then reused,
 * because collecting large buffers costs more than sending them. With `count`, there are that many
 * chunks, and the last one takes the rest, up to twice the size.
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

/** A worker returns its space before it asks for the next chunk, so there is always a free one. */
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

/** When the next piece is requested, the last one has been copied into a chunk. */
async function* givenBack(source: Bytes) {
	for await (const piece of source) {
		yield piece;
		giveBack(piece);
	}
}

/** Node 20 has no `transfer`. */
type Transferable = ArrayBufferLike & { transfer?(length: number): ArrayBuffer };

/**
 * Frees a piece that owns its whole memory. The garbage collector would do so late, because it sees
 * small objects and not the megabytes behind them.
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
