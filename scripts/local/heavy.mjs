/**
 * The heavy part: a real n8n, the real Bluesky PDS and Node 24 for both, as pinned in test/e2e. It
 * is installed once into a cache folder outside the checkout, named after its lockfile, so that
 * other clones on the machine share it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import {
	cp,
	mkdir,
	readFile,
	readdir,
	rename,
	rm,
	stat,
	statfs,
	utimes,
	writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runNpm, runQuietly } from './processes.mjs';

const SOURCE = fileURLToPath(new URL('../../test/e2e/', import.meta.url));
const FILES = ['package.json', 'package-lock.json'];
/** Part of the cache key: raise it if the steps below produce a different result. */
const RECIPE = 1;
const MARKER = '.complete';
const NEEDED_BYTES = 5e9;
const HEARTBEAT_MS = 5_000;
const STALE_MS = 60_000;

/** @typedef {{ dir: string, node: string, n8n: string }} Heavy folder, Node 24 and n8n's entry file */

/** Folder for all files that may be deleted. */
export function cacheRoot() {
	const { CROSSPOST_CACHE, XDG_CACHE_HOME } = process.env;
	return (
		CROSSPOST_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-crosspost')
	);
}

/** The folder for this checkout's lockfile on this machine. */
export function heavyDir() {
	const hash = createHash('sha256').update(`${RECIPE} ${process.platform} ${process.arch}`);
	for (const file of FILES) hash.update(readFileSync(join(SOURCE, file)));
	return join(cacheRoot(), hash.digest('hex').slice(0, 20));
}

/**
 * Installs the heavy part unless it is installed already.
 *
 * @param {(line: string) => void} say receives progress messages
 * @returns {Promise<Heavy>}
 */
export async function ensureHeavy(say = (line) => process.stderr.write(`${line}\n`)) {
	const dir = heavyDir();
	while (!existsSync(join(dir, MARKER))) {
		const release = await lock(`${dir}.lock`, say);
		if (!release) continue;
		try {
			await install(dir, say);
		} finally {
			release();
		}
	}
	return inside(dir);
}

function inside(dir) {
	const modules = join(dir, 'node_modules');
	return { dir, node: join(modules, 'node/bin/node'), n8n: join(modules, 'n8n/bin/n8n') };
}

/** Avoids double work only; the rename in `install` makes concurrent starts safe. */
async function lock(folder, say) {
	await mkdir(dirname(folder), { recursive: true });
	const mine = await mkdir(folder).then(
		() => true,
		() => false,
	);
	if (mine) {
		const touch = () => utimes(folder, new Date(), new Date()).catch(() => {});
		const heart = setInterval(touch, HEARTBEAT_MS);
		const remove = () => rmSync(folder, { recursive: true, force: true });
		process.once('exit', remove);
		return () => {
			clearInterval(heart);
			process.off('exit', remove);
			remove();
		};
	}
	const { mtimeMs = 0 } = await stat(folder).catch(() => ({}));
	if (Date.now() - mtimeMs > STALE_MS) await rm(folder, { recursive: true, force: true });
	else say('Another start is installing n8n and the Bluesky server; waiting for it.');
	await sleep(HEARTBEAT_MS);
	return undefined;
}

async function install(dir, say) {
	if (existsSync(join(dir, MARKER))) return;
	await removeLeftovers(dir);
	await checkRoom(dirname(dir));
	const draft = `${dir}.draft-${process.pid}`;
	await mkdir(draft);
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	say(`Installing n8n and the Bluesky server into ${dir}`);
	say('This is done once and takes 3 GB and some minutes.');
	const ticker = setInterval(() => say(`  … still installing, ${seconds()} s`), 20_000);
	try {
		await fill(draft, say);
		await writeFile(join(draft, MARKER), `${new Date().toISOString()}\n`);
		await rename(draft, dir).catch((error) => {
			if (!existsSync(join(dir, MARKER))) throw error;
		});
		say(`Installed in ${seconds()} s.`);
	} catch (error) {
		throw new Error(`The installation of n8n and the Bluesky server failed.\n${error.message}`);
	} finally {
		clearInterval(ticker);
		await rm(draft, { recursive: true, force: true });
	}
}

async function removeLeftovers(dir) {
	const parent = dirname(dir);
	const drafts = (await readdir(parent)).filter((name) =>
		join(parent, name).startsWith(`${dir}.draft-`),
	);
	await Promise.all(
		[dir, ...drafts.map((name) => join(parent, name))].map((path) =>
			rm(path, { recursive: true, force: true }),
		),
	);
}

async function checkRoom(parent) {
	const { bavail, bsize } = await statfs(parent);
	const free = bavail * bsize;
	if (free >= NEEDED_BYTES) return;
	const gb = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
	throw new Error(
		`${parent} has ${gb(free)} free, n8n and the Bluesky server need ${gb(NEEDED_BYTES)}. ` +
			'Make room, or name another folder in CROSSPOST_CACHE.',
	);
}

/**
 * Install scripts are off, because some dependencies of n8n compile for unused node types. The two
 * packages that need their scripts are rebuilt by name.
 */
async function fill(draft, say) {
	const npm = (args, env) => runNpm(args, { cwd: draft, env });
	const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
	await copyWithAddresses(draft, (await npm(['config', 'get', 'registry'])).trim());
	await npm(install).catch(async (error) => {
		say(`  … once more, asking the registry for each package (${error.message.split('\n')[1]})`);
		for (const file of FILES) await cp(join(SOURCE, file), join(draft, file));
		await npm(install);
	});
	say('  … packages are there; fetching Node 24');
	await npm(['rebuild', 'node', '--ignore-scripts=false']);
	const { node } = inside(draft);
	say('  … fetching or building the SQLite binding');
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
		...(await headers(draft)),
	});
	await runQuietly(node, ['-e', NATIVE_PARTS.map((name) => `require('${name}')`).join(';')], {
		cwd: draft,
	});
}

/**
 * Copies the lockfile and adds each package's usual address at this machine's registry. The
 * lockfile names no registry, and without an address npm first asks for all versions of a package,
 * which doubles the time. The lockfile's hashes still decide what is accepted.
 */
async function copyWithAddresses(draft, registry) {
	const [manifest, lockfile] = FILES;
	await cp(join(SOURCE, manifest), join(draft, manifest));
	const lock = JSON.parse(await readFile(join(SOURCE, lockfile), 'utf8'));
	for (const [path, entry] of Object.entries(lock.packages)) {
		if (!entry.integrity) continue;
		const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
		const file = `${name.slice(name.indexOf('/') + 1)}-${entry.version}.tgz`;
		entry.resolved = `${registry.replace(/\/$/, '')}/${name}/-/${file}`;
	}
	await writeFile(join(draft, lockfile), JSON.stringify(lock));
}

const NATIVE_PARTS = ['sqlite3', 'isolated-vm', 'better-sqlite3'];

/** Node's npm package contains its headers, so a build needs no download. */
async function headers(draft) {
	const packages = join(draft, 'node_modules/node/node_modules');
	const names = await readdir(packages).catch(() => []);
	const name = names.find((one) => existsSync(join(packages, one, 'include/node/node_api.h')));
	return name ? { npm_config_nodedir: join(packages, name) } : {};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	void ensureHeavy().then(
		({ dir }) => process.stdout.write(`${dir}\n`),
		(error) => {
			process.stderr.write(`${error.message}\n`);
			process.exitCode = 1;
		},
	);
}
