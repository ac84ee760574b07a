/**
 * Runs one command in a process group of its own and ends the whole group when its own standard
 * input closes. The caller holds the other end of that pipe, so the group cannot outlive it, not
 * even when the caller is killed. Anything written into the pipe kills the group at once.
 *
 *     node guard.mjs <logFile|-> <command> [...arguments]
 *
 * With a log file both outputs of the command go there; with `-` its standard output is ours.
 */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';

const GRACE_MS = 8000;
const [logFile, command, ...args] = process.argv.slice(2);
const log = logFile === '-' ? 'inherit' : openSync(logFile, 'a');

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, end);
process.stdin.on('end', end).on('error', end);
process.stdin.on('data', () => killGroup('SIGKILL'));

const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true });
child.on('error', (error) => {
	process.stderr.write(`${command}: ${error.message}\n`);
	process.exit(127);
});
child.on('exit', (code, signal) => {
	killGroup('SIGKILL');
	process.exit(signal ? 1 : code);
});

function end() {
	killGroup('SIGTERM');
	setTimeout(killGroup, GRACE_MS, 'SIGKILL').unref();
}

function killGroup(signal) {
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group has already ended.
	}
}
