/** Limit for the growth of work on four times the input: 4 if linear, 16 if quadratic. */
export const PROPORTIONAL = 10;

/** Shorter times are noise. */
const NOISE_MS = 5;
const RUNS = 3;
const ROUNDS = 3;

/**
 * Returns the factor by which processor time grows with four times the input. Both sizes are
 * measured alternately in one run and the best values count, because other programs only add time.
 * A high factor is measured again: noise passes, quadratic growth does not.
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
