/**
 * n8n-core takes seconds to load and jest would load it anew for every file. Here it is loaded once
 * in a worker, outside of jest's module registry, together with what must be the same instance for
 * n8n and for the nodes.
 */
const { TestEnvironment } = require('jest-environment-node');
require('./names');

const SHARED = ['reflect-metadata', 'n8n-workflow', 'n8n-core', '@n8n/di'];

// Local servers stand in for those of the internet.
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.0/8';

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
