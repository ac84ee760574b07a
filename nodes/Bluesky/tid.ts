/** Timestamp identifiers, the keys of posts: https://atproto.com/specs/tid */

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';

/** The key of a publication: its first attempt's time, and 10 bits of its random key as clock id. */
export function tidOf(atMs: number, hexKey: string): string {
	const clock = BigInt(`0x${hexKey.slice(0, 4)}`) & 0x3ffn;
	// The last three digits of the microseconds are free: more of the random key goes there.
	const micros = BigInt(atMs) * 1000n + (BigInt(`0x${hexKey.slice(4, 8)}`) % 1000n);
	let bits = (micros << 10n) | clock;
	let tid = '';
	for (let place = 0; place < 13; place++) {
		tid = ALPHABET[Number(bits & 31n)] + tid;
		bits >>= 5n;
	}
	return tid;
}
