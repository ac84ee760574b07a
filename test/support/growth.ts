/** Of work on four times as much: 4 where it grows in proportion, 16 where by the square. */
export const PROPORTIONAL = 10;

/** So little that the clock says nothing about it. */
const NOISE_MS = 5;
const RUNS = 3;

/**
 * How much more processor time the work takes on four times as much, both measured in one run, turn
 * by turn, the best of some: other programs only ever add to it.
 */
export async function growthOf<Input>(
	inputOf: (size: number) => Input,
	work: (input: Input) => Promise<unknown>,
): Promise<number> {
	const [less, more] = [inputOf(1), inputOf(4)];
	let [small, large] = [Infinity, Infinity];
	for (let run = 0; run < RUNS; run++) {
		small = Math.min(small, await timeOf(async () => await work(less)));
		large = Math.min(large, await timeOf(async () => await work(more)));
	}
	return large < NOISE_MS ? 1 : large / Math.max(small, NOISE_MS / 4);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const start = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}
