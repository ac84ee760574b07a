/** Of work on four times as much: 4 where it grows in proportion, 16 where by the square. */
export const PROPORTIONAL = 10;

/** So little that the clock says nothing about it. */
const NOISE_MS = 5;
const RUNS = 3;
const ROUNDS = 3;

/**
 * How much more processor time the work takes on four times as much, both measured in one run, turn
 * by turn, the best of some: other programs only ever add to it. What looks like too much is
 * measured again: noise does not last, the square does.
 */
export async function growthOf<Input>(
	inputOf: (size: number) => Input,
	work: (input: Input) => Promise<unknown>,
): Promise<number> {
	let growth = Infinity;
	for (let round = 0; round < ROUNDS && growth >= PROPORTIONAL; round++) {
		growth = Math.min(growth, await growthOnce(inputOf(1), inputOf(4), work));
	}
	return growth;
}

async function growthOnce<Input>(less: Input, more: Input, work: (input: Input) => unknown) {
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
