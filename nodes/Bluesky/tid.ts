import type { Api } from '../shared/contract/api';

/** Timestamp identifiers, the keys of posts: https://atproto.com/specs/tid */

type Named = Pick<Api['attempt'], 'series' | 'part' | 'namedAt'>;

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const CLOCK_BITS = 10n;
/**
 * Microseconds before the attempt's time over which the posts of a run are spread, 4.5 minutes. With
 * the clock id these are 38 bits, so that 10,000 posts of a run hardly ever meet.
 */
const SPREAD_BITS = 28n;

/** Between the parts of a thread. */
const PART_MICROS = 1000n;

/**
 * The key of a publication, the same however often it is tried: the attempt's time and some of its
 * hash. The time counts, since servers list posts in the order of their keys: the parts of a thread
 * stand there one after the other. `before`: the key of the part before.
 */
export function tidOf({ series, part, namedAt }: Named, before?: string): string {
	const hash = BigInt(`0x${series.slice(0, 16)}`);
	const clock = hash & lowest(CLOCK_BITS);
	const start = BigInt(namedAt) * 1000n - ((hash >> CLOCK_BITS) & lowest(SPREAD_BITS));
	const own = ((start + BigInt(part) * PART_MICROS) << CLOCK_BITS) | clock;
	return encoded(before === undefined ? own : later(own, decoded(before)));
}

/** A thread that is resumed goes on behind the part before, whose run gave it another time. */
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
