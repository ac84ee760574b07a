/**
 * Waiting that takes no time: what the pack's code sleeps passes on every clock of this process.
 * A test file takes it by
 *
 *     jest.mock('n8n-workflow', () => ({
 *     	...jest.requireActual<object>('n8n-workflow'),
 *     	sleep: jest.requireActual<typeof time>('../support/time').sleep,
 *     }));
 */
const real = Date.now.bind(Date);
let passed = 0;
Date.now = () => real() + passed;

export async function sleep(ms: number): Promise<void> {
	passed += ms;
	await new Promise((done) => setTimeout(done, 2));
}

export function advance(ms: number) {
	passed += ms;
}
