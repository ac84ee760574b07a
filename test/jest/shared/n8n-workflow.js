/** What the pack's code sleeps takes no time where a project has set the clock that moves: see test/support/time.ts. */
const actual = globalThis.sharedModule('n8n-workflow');

module.exports = {
	...actual,
	sleep: async (ms) => await (globalThis.passTime ?? actual.sleep)(ms),
};
