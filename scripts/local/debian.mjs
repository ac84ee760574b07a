/**
 * Programs that only Debian provides. They are installed with apt if that is possible; otherwise
 * the tests that need them are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from './browser.mjs';

const POSTGRES = '/usr/lib/postgresql';
const REDIS = '/usr/bin/redis-server';

/** Paths of the newest PostgreSQL's programs and of Redis; undefined if one is missing. */
export function queuePrograms() {
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	const postgres = newest && join(POSTGRES, newest, 'bin');
	return postgres && existsSync(REDIS) ? { postgres, redis: REDIS } : undefined;
}

/** Installs the browser and the servers for the end-to-end tests, if possible on this machine. */
export function ensureDebian(say) {
	const missing = [
		...(chromiumPath() ? [] : ['chromium']),
		...(queuePrograms() ? [] : ['postgresql', 'redis-server']),
	];
	if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
	say(`Installing ${missing.join(', ')} with apt`);
	// Keeps Debian from starting the servers, because the tests start them.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
		const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] });
		if (status !== 0) say(`apt-get ${args[0]} ended with code ${status}`);
	}
}
