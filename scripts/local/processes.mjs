/** Child processes that never outlive the caller, free ports, and waiting. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));

/**
 * Starts a long-running command under the guard, which ends its whole process group when the
 * caller stops it or dies.
 *
 * @param {{ command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, logFile?: string }} what
 *   Without a log file it shares our standard error.
 */
export function startGuarded({ command, args, env = process.env, cwd, logFile }) {
	const guard = spawnGuarded(command, args, {
		cwd,
		env,
		logFile,
		outputs: logFile ? ['ignore', 'ignore'] : ['pipe', 'inherit'],
	});
	const exited = new Promise((resolve) => guard.on('exit', (code) => resolve(code ?? 1)));
	const stop = () => stopGuard(guard);
	/** Like a crash: the command gets no time to clean up. */
	const kill = async () => {
		guard.stdin.write('kill');
		await exited;
	};
	return { exited, stdout: guard.stdout, stop, kill };
}

/** Runs a command to its end; returns its standard output, or throws with its output. */
export function runQuietly(command, args, { cwd, env = process.env } = {}) {
	const child = spawnGuarded(command, args, { cwd, env, outputs: ['pipe', 'pipe'] });
	const out = [];
	const said = [];
	child.stdout.on('data', (chunk) => [out, said].forEach((heard) => heard.push(chunk)));
	child.stderr.on('data', (chunk) => said.push(chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) return resolve(Buffer.concat(out).toString());
			const end = Buffer.concat(said).toString().trimEnd().split('\n').slice(-40).join('\n');
			reject(new Error(`${command} ${args.join(' ')} ended with code ${code}\n${end}`));
		});
	});
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const alive = new Set();

/**
 * Uses a separate session, so that the terminal's Ctrl-C does not reach the child: the caller
 * decides when to stop it.
 */
function spawnGuarded(command, args, { cwd, env, logFile = '-', outputs }) {
	const guard = spawn(process.execPath, [GUARD, logFile, command, ...args], {
		cwd,
		env,
		detached: true,
		stdio: ['pipe', ...outputs],
	});
	guard.stdin.on('error', () => {});
	alive.add(guard);
	guard.on('exit', () => alive.delete(guard));
	return guard;
}

async function stopGuard(guard) {
	if (!alive.has(guard)) return;
	const gone = new Promise((resolve) => guard.on('exit', resolve));
	guard.stdin.end();
	await gone;
}

/** Stops all running processes that were started here. */
export async function stopAll() {
	await Promise.all([...alive].map(stopGuard));
}

/** The first line of the command's output as JSON; rejects if the command ends before. */
export async function firstJsonLine({ stdout, exited }, name) {
	const lines = createInterface({ input: stdout });
	const line = await Promise.race([
		new Promise((resolve) => lines.once('line', resolve)),
		exited.then((code) => Promise.reject(new Error(`${name} ended with code ${code}`))),
	]);
	return JSON.parse(line);
}

/** Returns free loopback ports. Holds all of them until the last is known, so that they differ. */
export async function freePorts(count) {
	const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
	const ports = servers.map((server) => server.address().port);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}

/** Whether nothing listens on this loopback port. */
export async function isFree(port) {
	const server = await listen(port).catch(() => undefined);
	if (server) await new Promise((resolve) => server.close(resolve));
	return server !== undefined;
}

function listen(port) {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}

/**
 * Calls `check` until it returns something truthy; after the timeout, `describe` adds to the error
 * message.
 */
export async function until(check, { seconds, what, every = 200 }) {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const found = await check();
		if (found) return found;
		if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
		await sleep(every);
	}
}

/** The end of a log file, for error messages. */
export async function tail(file, lines = 30) {
	const text = await readFile(file, 'utf8').catch(() => '');
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Runs npm to its end. Its environment is ours without the variables of an outer `npm run`. npm
 * reports errors even if the checkout's .npmrc silences it.
 */
export async function runNpm(args, { cwd, env = {} }) {
	const outer =
		/^npm_(package_|lifecycle_|command$|config_(local_prefix|global_prefix|ignore_scripts|loglevel)$)/;
	const inherited = Object.entries(process.env).filter(([name]) => !outer.test(name));
	const all = { ...Object.fromEntries(inherited), ...env };
	return await runQuietly('npm', [...args, '--loglevel=error'], { cwd, env: all });
}
