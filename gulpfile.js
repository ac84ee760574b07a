const { spawn } = require('node:child_process');
const { readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { Transform } = require('node:stream');
const { dest, parallel, series, src, watch } = require('gulp');
const { bundle: bundled, inputs } = require('./scripts/build/bundle.js');
const { noticesOf } = require('./scripts/build/notices.js');
const { pagesOf } = require('./scripts/build/tables.js');

const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json'];
const VENDORS = ['nodes/**/vendor/*.ts', '!**/*.d.ts'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

const compile = () => run('tsc', '-p', 'tsconfig.build.json');

/** Copies icons and the codex files, which assign the nodes to n8n's categories. */
const icons = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));

/** Bundles the code of packages into the files, because the published pack has no dependencies. */
const bundle = () => src(VENDORS, { base: '.' }).pipe(eachFile(toBundle)).pipe(dest('dist'));

/** Writes the licence texts, which must accompany the bundled code. */
const notices = async () => await writeFile('dist/THIRD-PARTY-NOTICES.txt', noticesOf(inputs));

/** Writes the tables of README.md and docs/platforms from the built code. */
async function writeTables() {
	const pack = {
		...require('./dist/nodes/shared/bounds.js'),
		...require('./dist/nodes/platforms.js'),
		...require('./dist/nodes/shared/editor/describe.js'),
	};
	for (const { file, write } of pagesOf(pack)) {
		await writeFile(file, write(await readFile(file, 'utf8')));
	}
}

/** Builds the benches' TypeScript, because the measured code must not run inside jest. */
const benches = series(
	() => rm('.cache/bench', { recursive: true, force: true }),
	() => run('tsc', '-p', 'tsconfig.bench.json'),
	() => run('tsc-alias', '-p', 'tsconfig.bench.json'),
);

const build = series(clean, compile, parallel(icons, bundle), notices);
const tables = series(build, writeTables);

function dev() {
	watch(ASSETS, icons);
	watch(VENDORS, bundle);
	return run('tsc', '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput');
}

function toBundle(file) {
	file.contents = Buffer.from(bundled(file.path));
	file.extname = '.js';
	return file;
}

function eachFile(change) {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			try {
				done(null, change(file));
			} catch (error) {
				done(error);
			}
		},
	});
}

function run(command, ...args) {
	return spawn(join('node_modules', '.bin', command), args, { stdio: 'inherit' });
}

module.exports = {
	clean,
	compile,
	icons,
	bundle,
	tables,
	benches,
	build,
	dev: series(build, dev),
	default: build,
};
