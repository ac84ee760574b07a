/** Reads a stream by numbers of bytes, holding no more than what was asked for. */
export interface Cursor {
	/** Bytes passed so far. */
	readonly at: number;
	/** The next bytes: as many as asked for, or fewer at the end. */
	take(bytes: number): Promise<Buffer>;
	/** The next bytes into `space`, and how many they are: fewer than it holds at the end. */
	fill(space: Buffer): Promise<number>;
	/** Passes over bytes without keeping them. */
	skip(bytes: number): Promise<void>;
	/** Leaves the rest unread and closes the source. */
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
			// A stream of which nothing was read yet does not close with its iterator.
			(source as { destroy?(): unknown }).destroy?.();
		},
	};
}

/** Some of the next bytes, at most so many; undefined at the end. */
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

/** The first bytes; the rest is left unread and the source closed. */
export async function head(source: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
	const start = cursor(source);
	try {
		return await start.take(bytes);
	} finally {
		await start.close();
	}
}

/** The same bytes, but `onExceed` is called, and has to throw, as soon as there are too many. */
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
 * The same bytes, held to the length announced for them: a request whose body ends early waits for
 * the rest until it times out, and surplus bytes would be read as the next request.
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
