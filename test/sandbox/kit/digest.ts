import { createHash } from 'node:crypto';

/** Facts about a stream of bytes; of the bytes themselves only the first ones are kept. */
export interface Digest {
	length: number;
	sha256: string;
	/** The first 64 KiB, enough to tell a file's type and an image's size. */
	head: Buffer;
	/** All bytes, if requested, up to the requested limit. */
	bytes?: Buffer;
}

export interface Digester {
	add(chunk: Buffer): void;
	done(): Digest;
}

const HEAD = 64 * 1024;

export function digester(keep = 0): Digester {
	const hash = createHash('sha256');
	const heads: Buffer[] = [];
	const kept: Buffer[] = [];
	let length = 0;
	return {
		add(chunk) {
			if (length < HEAD) heads.push(Buffer.from(chunk.subarray(0, HEAD - length)));
			if (keep > 0 && length + chunk.length <= keep) kept.push(Buffer.from(chunk));
			length += chunk.length;
			hash.update(chunk);
		},
		done: () => ({
			length,
			sha256: hash.digest('hex'),
			head: Buffer.concat(heads),
			...(keep > 0 && length <= keep && { bytes: Buffer.concat(kept) }),
		}),
	};
}

export function digestOf(bytes: Buffer, keep = 0): Digest {
	const taken = digester(keep);
	taken.add(bytes);
	return taken.done();
}
