import { randomInteger } from './random';

/** A source that records how it was used. */
export interface Source extends AsyncIterable<Buffer> {
	/** Bytes read from it. */
	read: number;
	closed: boolean;
}

/**
 * Makes a source of the given pieces, or of random pieces of up to 50 bytes, some empty, chosen by
 * `next`.
 */
export function sourceOf(data: Buffer | Buffer[], next?: () => number): Source {
	const pieces = Buffer.isBuffer(data) ? (next ? cut(data, next) : [data]) : data;
	const source: Source = {
		read: 0,
		closed: false,
		async *[Symbol.asyncIterator]() {
			try {
				for (const piece of pieces) {
					source.read += piece.length;
					yield piece;
				}
			} finally {
				source.closed = true;
			}
		},
	};
	return source;
}

function cut(data: Buffer, next: () => number) {
	const pieces: Buffer[] = [];
	for (let at = 0; at < data.length; ) {
		const end = at + randomInteger(next, 0, 50);
		pieces.push(data.subarray(at, end));
		at = end;
	}
	return pieces;
}

export async function collect(source: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const pieces: Buffer[] = [];
	for await (const piece of source) pieces.push(piece);
	return pieces;
}

/** This many zero bytes; all pieces share the same megabyte. */
export async function* zeros(bytes: number): AsyncGenerator<Buffer> {
	const piece = Buffer.alloc(1024 * 1024);
	for (let left = bytes; left > 0; left -= piece.length) {
		yield left < piece.length ? piece.subarray(0, left) : piece;
	}
}
