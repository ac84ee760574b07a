/**
 * Bundles a module and its packages into one file that n8n's rules for shipped code accept: no
 * timers, no console, no globalThis. Also works as a jest transformer, so that tests run the same
 * code.
 */
const { buildSync } = require('esbuild');
const { readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

const NOTHING = join(__dirname, 'bundleNothing.js');
const SHIMS = join(__dirname, 'bundleShims.mjs');

/** The files bundled in this process, for the licence notices. */
const inputs = new Set();

function bundle(file) {
	const { metafile, outputFiles } = buildSync({
		metafile: true,
		entryPoints: [file],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'neutral',
		mainFields: ['module', 'main'],
		conditions: ['import', 'default'],
		target: 'es2022',
		minify: true,
		legalComments: 'none',
		alias: { ...polyfills(), '@atproto/api/dist': dirname(require.resolve('@atproto/api')) },
		external: ['n8n-workflow', 'luxon', 'crypto', 'node:crypto'],
		drop: ['console', 'debugger'],
		define: {
			'process.env.NODE_ENV': '"production"',
			globalThis: 'bundleGlobals',
			global: 'bundleGlobals',
			setTimeout: 'noTimer',
			clearTimeout: 'noTimer',
		},
		inject: [SHIMS],
	});
	for (const name of Object.keys(metafile.inputs)) inputs.add(name);
	return outputFiles[0].text;
}

/**
 * Replaces the core-js 2 polyfills that twitter-text imports: they would patch n8n's globals with
 * functions that Node has anyway.
 */
function polyfills() {
	const folder = join(dirname(require.resolve('core-js/package.json')), 'modules');
	const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
	return Object.fromEntries(names.map((name) => [`core-js/modules/${name.slice(0, -3)}`, NOTHING]));
}

module.exports = { bundle, inputs, process: (_source, file) => ({ code: bundle(file) }) };
