/**
 * The pack's sleeps take no time if the project has installed the test clock: see
 * test/support/time.ts.
 */
const actual = globalThis.sharedModule('n8n-workflow');

module.exports = {
	...actual,
	sleep: async (ms) => await (globalThis.passTime ?? actual.sleep)(ms),
};
