/** Builds the pack and the tarball that users get, unless the sources are unchanged. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './packages.mjs';
import { runNpm } from '../local/processes.mjs';

/** All inputs of the build. */
const SOURCES = [
	'nodes',
	'credentials',
	'scripts',
	'gulpfile.js',
	'index.js',
	'package.json',
	'package-lock.json',
	'README.md',
];

/** @returns {Promise<string>} the tarball, in `folder` under a name made from the sources */
export async function packTarball(folder, say) {
	const tarball = join(folder, `${await fingerprint()}.tgz`);
	if (existsSync(tarball)) return tarball;
	say('Building the pack');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await runNpm(['run', 'build'], { cwd: ROOT });
	const to = ['--pack-destination', folder];
	const made = await runNpm(['pack', '--json', '--ignore-scripts', ...to], { cwd: ROOT });
	await rename(join(folder, JSON.parse(made)[0].filename), tarball);
	return tarball;
}

async function fingerprint() {
	const hash = createHash('sha256');
	const configs = (await readdir(ROOT)).filter((name) => /^tsconfig.*\.json$/.test(name));
	for (const file of (await Promise.all([...SOURCES, ...configs].map(filesUnder))).flat().sort()) {
		hash.update(`${file}\0`).update(await readFile(join(ROOT, file)));
	}
	return hash.digest('hex').slice(0, 20);
}

async function filesUnder(name) {
	if (!existsSync(join(ROOT, name))) return [];
	const entries = await readdir(join(ROOT, name), { withFileTypes: true }).catch(() => undefined);
	if (!entries) return [name];
	return (await Promise.all(entries.map((entry) => filesUnder(join(name, entry.name))))).flat();
}
