/**
 * Loads n8n-core once per worker, outside jest's module registry, because it takes seconds and jest
 * would load it again for each file. Modules that n8n and the nodes must share are loaded the same
 * way.
 */
const { TestEnvironment } = require('jest-environment-node');
require('./names');

const SHARED = ['reflect-metadata', 'n8n-workflow', 'n8n-core', '@n8n/di'];

// Local servers replace those on the internet.
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.0/8';

// Each test file has its own services of n8n-core, and some add listeners for the end of the
// process.
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
