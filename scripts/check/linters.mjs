/**
 * The linters of tools/lint. They are installed on first use into the cache folder, under a name
 * made from their lockfile. A plain `npm ci` of the pack stays free of them, and other clones on
 * the machine share them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheRoot } from '../local/heavy.mjs';
import { ROOT } from '../build/packages.mjs';
import { runNpm } from '../local/processes.mjs';

const SOURCE = join(ROOT, 'tools/lint');
const FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** Returns a `load(name)` for the packages of tools/lint. */
export async function linters() {
	const folder = await installed();
	const from = createRequire(join(folder, 'package.json'));
	return { load: async (name) => await import(pathToFileURL(from.resolve(name)).href) };
}

/**
 * Loads n8n's own scanner: `analyzePackage(folder, patterns)` and its patterns for sources.
 *
 * @param {string} scratch folder for the scanner's temporary folder, which it never removes
 */
export async function scanner(scratch) {
	const { load } = await linters();
	process.env.TMPDIR = scratch;
	return await load('@n8n/scan-community-package/scanner/scanner.mjs');
}

async function installed() {
	const hash = createHash('sha256');
	for (const file of FILES) hash.update(readFileSync(join(SOURCE, file)));
	const folder = join(cacheRoot(), `lint-${hash.digest('hex').slice(0, 16)}`);
	if (!existsSync(folder)) await install(folder);
	return folder;
}

/**
 * Installs into a draft folder. The rename at the end makes the folder appear complete or not at
 * all.
 */
async function install(folder) {
	await mkdir(cacheRoot(), { recursive: true });
	const draft = await mkdtemp(`${folder}.draft-`);
	process.stderr.write(`Installing the linters into ${folder} (once, 300 MB) …\n`);
	try {
		for (const file of FILES) await cp(join(SOURCE, file), join(draft, file));
		await runNpm(['ci'], { cwd: draft });
		await rename(draft, folder).catch((error) => {
			if (!existsSync(folder)) throw error;
		});
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
}
