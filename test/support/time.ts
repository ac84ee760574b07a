import { Container } from '@n8n/di';

/**
 * Sleeps that take no time: each sleep of the pack's code moves all clocks of this process. The
 * projects `unit` and `sandbox` load this before each test file.
 */
const real = Date.now.bind(Date);
let passed = 0;
Date.now = () => real() + passed;

/** n8n-core is loaded outside jest's globals, so it has its own clock. */
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
	// Servers next to the test work in real time, so a long sleep takes a little longer than a short
	// one.
	await new Promise((done) => setTimeout(done, Math.min(2 + ms / 2000, 12)));
	// Parallel sleeps share one clock.
	passed = Math.max(passed, end - real());
}

export function advance(ms: number) {
	passed += ms;
}
