/**
 * Installs the checkout's devDependencies, so that a fresh clone needs no command before the first
 * one.
 */
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../local/processes.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `npm ci` if packages are missing or differ from the lockfile. */
export async function ensurePackages(say, root = ROOT) {
	if (upToDate(root)) return;
	say('Installing the development packages (npm ci)');
	await runNpm(['ci', '--no-audit', '--no-fund'], { cwd: root });
}

function upToDate(root) {
	const modules = join(root, 'node_modules');
	const installed = join(modules, '.package-lock.json');
	if (!existsSync(installed)) return false;
	// A linked folder belongs to another checkout, so it is not changed.
	if (lstatSync(modules).isSymbolicLink()) return true;
	const there = versions(installed);
	const wanted = versions(join(root, 'package-lock.json'));
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			there[path]?.version === version || (optional && !there[path]),
	);
}

function versions(lockfile) {
	const { packages } = JSON.parse(readFileSync(lockfile, 'utf8'));
	return Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''));
}
