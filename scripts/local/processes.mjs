/** Child processes that never outlive us, free ports, and waiting. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));

/**
 * Starts a long-running command under the guard, which ends its whole process group when we stop
 * it or when we die.
 *
 * @param {{ command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, logFile?: string }} what
 *   Without a log file its standard error is ours.
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
	/** As a crash would: the command is given no time for anything. */
	const kill = async () => {
		guard.stdin.write('kill');
		await exited;
	};
	return { exited, stdout: guard.stdout, stop, kill };
}

/** Runs a command to its end and gives its standard output; says what it said when it fails. */
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

/** A session of its own keeps the terminal's Ctrl-C away: we decide when to stop. */
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

/** Stops everything that was started here and still runs. */
export async function stopAll() {
	await Promise.all([...alive].map(stopGuard));
}

/** The first line the command writes, as JSON; rejects when it ends before. */
export async function firstJsonLine({ stdout, exited }, name) {
	const lines = createInterface({ input: stdout });
	const line = await Promise.race([
		new Promise((resolve) => lines.once('line', resolve)),
		exited.then((code) => Promise.reject(new Error(`${name} ended with code ${code}`))),
	]);
	return JSON.parse(line);
}

/** Free loopback ports, told apart by holding all of them until the last is known. */
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

/** Asks `check` until it gives something truthy; `describe` adds to the message when it never does. */
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
 * Runs npm to its end. The environment is ours without what an outer `npm run` tells about its own
 * package, and npm says why it failed even where the checkout's .npmrc keeps it silent.
 */
export async function runNpm(args, { cwd, env = {} }) {
	const outer =
		/^npm_(package_|lifecycle_|command$|config_(local_prefix|global_prefix|ignore_scripts|loglevel)$)/;
	const inherited = Object.entries(process.env).filter(([name]) => !outer.test(name));
	const all = { ...Object.fromEntries(inherited), ...env };
	return await runQuietly('npm', [...args, '--loglevel=error'], { cwd, env: all });
}
