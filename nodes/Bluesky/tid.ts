import type { Api } from '../shared/contract/api';

/** Timestamp identifiers, the keys of posts: https://atproto.com/specs/tid */

type Named = Pick<Api['attempt'], 'series' | 'part' | 'namedAt'>;

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const CLOCK_BITS = 10n;
/**
 * Posts of one run are spread over 2^28 microseconds (4.5 minutes) before the attempt's time.
 * Together with the clock ID these are 38 bits, so that 10,000 posts of a run hardly ever collide.
 */
const SPREAD_BITS = 28n;

/** Distance between the parts of a thread. */
const PART_MICROS = 1000n;

/**
 * Computes a post's key from the attempt's time and hash, so that each retry has the same key. The
 * time matters because servers list posts in the order of their keys: the parts of a thread must
 * follow each other. `before` is the key of the part before.
 */
export function tidOf({ series, part, namedAt }: Named, before?: string): string {
	const hash = BigInt(`0x${series.slice(0, 16)}`);
	const clock = hash & lowest(CLOCK_BITS);
	const start = BigInt(namedAt) * 1000n - ((hash >> CLOCK_BITS) & lowest(SPREAD_BITS));
	const own = ((start + BigInt(part) * PART_MICROS) << CLOCK_BITS) | clock;
	return encoded(before === undefined ? own : later(own, decoded(before)));
}

/**
 * A resumed thread has a different time than its earlier parts; its next part must still sort after
 * them.
 */
function later(own: bigint, before: bigint) {
	return own > before ? own : before + (PART_MICROS << CLOCK_BITS);
}

function decoded(tid: string) {
	return [...tid].reduce((bits, sign) => (bits << 5n) | BigInt(ALPHABET.indexOf(sign)), 0n);
}

function encoded(all: bigint) {
	let bits = all;
	let tid = '';
	for (let place = 0; place < 13; place++) {
		tid = ALPHABET[Number(bits & 31n)] + tid;
		bits >>= 5n;
	}
	return tid;
}

function lowest(bits: bigint) {
	return (1n << bits) - 1n;
}
