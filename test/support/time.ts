import { Container } from '@n8n/di';

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

/** n8n-core is loaded outside of jest's globals, and has a clock of its own there. */
const outside = (Container.constructor.constructor as FunctionConstructor)(
	'return Date',
)() as DateConstructor;
const realOutside = outside.now;
outside.now = () => real() + passed;
afterAll(() => {
	outside.now = realOutside;
});

export async function sleep(ms: number): Promise<void> {
	passed += ms;
	await new Promise((done) => setTimeout(done, 2));
}

export function advance(ms: number) {
	passed += ms;
}
