/**
 * n8n-core takes seconds to load and jest would load it anew for every file. Here it is loaded once
 * in a worker, outside of jest's module registry, together with what must be the same instance for
 * n8n and for the nodes.
 */
const { TestEnvironment } = require('jest-environment-node');

const SHARED = ['reflect-metadata', 'n8n-workflow', 'n8n-core', '@n8n/di'];

// Of n8n-core's services each file of tests has its own, and some listen to the end of the process.
process.setMaxListeners(0);

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.sharedModule = (name) => {
			if (!SHARED.includes(name.split('/dist/')[0]))
				throw new Error(`${name} is not shared between test files`);
			return require(name);
		};
	}
};
