import { Container } from '@n8n/di';

/**
 * Waiting that takes no time: what the pack's code sleeps passes on every clock of this process. The
 * projects `unit` and `sandbox` load this before each file of tests.
 */
const real = Date.now.bind(Date);
let passed = 0;
Date.now = () => real() + passed;

/** n8n-core is loaded outside of jest's globals, and has a clock of its own there. */
const outside = (Container.constructor.constructor as FunctionConstructor)(
	'return Date',
)() as DateConstructor;
const realOutside = outside.now;
outside.now = () => real() + passed;
afterAll(() => {
	outside.now = realOutside;
});

(globalThis as { passTime?: typeof sleep }).passTime = sleep;

async function sleep(ms: number): Promise<void> {
	const end = Date.now() + ms;
	// Servers beside the test work in real time, so that a long wait is a little longer than a short one.
	await new Promise((done) => setTimeout(done, Math.min(2 + ms / 2000, 12)));
	// Sleepers beside each other wake up by the same clock.
	passed = Math.max(passed, end - real());
}

export function advance(ms: number) {
	passed += ms;
}
