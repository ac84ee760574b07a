/** Reads a stream by byte counts, without buffering more than requested. */
export interface Cursor {
	/** Number of bytes read or skipped. */
	readonly at: number;
	/** The next bytes; fewer only at the end. */
	take(bytes: number): Promise<Buffer>;
	/** Reads into `space` and returns the number of bytes; fewer than its length only at the end. */
	fill(space: Buffer): Promise<number>;
	/** Discards bytes. */
	skip(bytes: number): Promise<void>;
	/** Closes the source without reading the rest. */
	close(): Promise<void>;
}

export function cursor(source: AsyncIterable<Buffer>): Cursor {
	const iterator = source[Symbol.asyncIterator]();
	let rest: Buffer = Buffer.alloc(0);
	let at = 0;
	const next: Next = async (atMost) => {
		while (rest.length === 0) {
			const { done, value } = await iterator.next();
			if (done) return undefined;
			rest = value;
		}
		const piece = rest.subarray(0, atMost);
		rest = rest.subarray(piece.length);
		at += piece.length;
		return piece;
	};
	return {
		get at() {
			return at;
		},
		take: async (bytes) => await take(next, bytes),
		fill: async (space) => await fill(next, space),
		skip: async (bytes) => await skip(next, bytes),
		close: async () => {
			await iterator.return?.();
			// An iterator that was never started does not close its stream.
			(source as { destroy?(): unknown }).destroy?.();
		},
	};
}

/** The next piece of at most this many bytes; undefined at the end. */
type Next = (atMost: number) => Promise<Buffer | undefined>;

async function take(next: Next, bytes: number) {
	const pieces: Buffer[] = [];
	for (let missing = bytes; missing > 0; ) {
		const piece = await next(missing);
		if (!piece) break;
		pieces.push(piece);
		missing -= piece.length;
	}
	const [first, ...others] = pieces;
	return first && others.length === 0 ? first : Buffer.concat(pieces);
}

async function fill(next: Next, space: Buffer) {
	let filled = 0;
	while (filled < space.length) {
		const piece = await next(space.length - filled);
		if (!piece) break;
		filled += piece.copy(space, filled);
	}
	return filled;
}

async function skip(next: Next, bytes: number) {
	for (let missing = bytes; missing > 0; ) {
		const piece = await next(missing);
		if (!piece) return;
		missing -= piece.length;
	}
}

/** Returns the first bytes and closes the source. */
export async function head(source: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
	const start = cursor(source);
	try {
		return await start.take(bytes);
	} finally {
		await start.close();
	}
}

/** Passes the bytes on. Calls `onExceed`, which must throw, once there are more than `maxBytes`. */
export async function* limited(
	source: AsyncIterable<Buffer>,
	maxBytes: number,
	onExceed: (seen: number) => never,
): AsyncGenerator<Buffer> {
	let seen = 0;
	for await (const chunk of source) {
		seen += chunk.length;
		if (seen > maxBytes) onExceed(seen);
		yield chunk;
	}
}

/**
 * Passes the bytes on and throws if their number differs from `bytes`. A body that is too short
 * would block the request until its timeout; surplus bytes would be read as the next request.
 */
export async function* exactly(
	source: AsyncIterable<Buffer>,
	bytes: number,
): AsyncGenerator<Buffer> {
	let seen = 0;
	const tooLong = (): never => {
		throw new Error(`More than the announced ${bytes} bytes came`);
	};
	for await (const chunk of limited(source, bytes, tooLong)) {
		seen += chunk.length;
		yield chunk;
	}
	if (seen < bytes) throw new Error(`Only ${seen} of the announced ${bytes} bytes came`);
}
