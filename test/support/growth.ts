/** Of work on four times as much: 4 where it grows in proportion, 16 where by the square. */
export const PROPORTIONAL = 9;

/** So little that the clock says nothing about it. */
const NOISE_MS = 5;
const RUNS = 3;

/**
 * How much more processor time the work takes on four times as much, both measured in one run, the
 * best of some: other programs only ever add to it.
 */
export async function growthOf(work: (size: number) => Promise<unknown>): Promise<number> {
	await work(1);
	const [small, large] = [await best(work, 1), await best(work, 4)];
	return large < NOISE_MS ? 1 : large / Math.max(small, NOISE_MS / 4);
}

async function best(work: (size: number) => Promise<unknown>, size: number): Promise<number> {
	let least = Infinity;
	for (let run = 0; run < RUNS; run++) {
		const start = process.cpuUsage();
		await work(size);
		const { user, system } = process.cpuUsage(start);
		least = Math.min(least, (user + system) / 1000);
	}
	return least;
}
