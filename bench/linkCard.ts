import { headOf } from '../nodes/shared/media/linkCard';
import { HOSTILE } from '../test/support/hostilePages';
import type { Row } from './row';

const KIB = 1024;
const MOST_MS = 100;
/** Twice the bytes in about twice the time; the square would be 4. */
const MOST_GROWTH = 2.8;
const RUNS = 5;

/** n8n has one thread: a page that keeps it busy keeps all workflows waiting. */
export async function linkCard(): Promise<Row> {
	await worstOf(512);
	const half = await worstOf(256);
	const whole = await worstOf(512);
	const growth = whole / half;
	return {
		name: `Head of a linked page of 512 KiB, the worst of ${HOSTILE.length} hostile ones`,
		figures: `${whole.toFixed(0)} ms of processor time, 256 KiB ${half.toFixed(0)} ms, ratio ${growth.toFixed(2)}`,
		wanted: `below ${MOST_MS} ms, ratio at most ${MOST_GROWTH}`,
		passed: whole < MOST_MS && growth <= MOST_GROWTH,
	};
}

async function worstOf(kib: number) {
	const times = [];
	for (const unit of HOSTILE) times.push(await bestOf(unit, kib * KIB));
	return Math.max(...times);
}

/** Other programs only ever add to it. */
async function bestOf(unit: string, bytes: number) {
	const page = Buffer.from(unit.repeat(bytes / unit.length));
	let best = Infinity;
	for (let run = 0; run < RUNS; run++) best = Math.min(best, await timeOf(page));
	return best;
}

async function timeOf(page: Buffer) {
	const before = process.cpuUsage();
	await headOf(pieces(page));
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

async function* pieces(page: Buffer) {
	for (let at = 0; at < page.length; at += 16 * KIB) yield page.subarray(at, at + 16 * KIB);
}
