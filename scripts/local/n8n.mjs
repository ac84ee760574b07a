/** Runs a real n8n on loopback, with the pack installed as users install it. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { freePorts, runNpm, runQuietly, startGuarded, tail, until } from './processes.mjs';

/** n8n's default port of its task broker; another n8n on this machine may use it. */
const BROKER_DEFAULT_PORT = 5679;
const START_SECONDS = 180;

/**
 * Installs the tarball where n8n's own installer puts community packages,
 * `.n8n/nodes/node_modules`, and records it in the same `package.json`. n8n's installer drops the
 * peer `n8n-workflow` before it calls npm; `--legacy-peer-deps` has the same effect, so that n8n
 * provides its own copy at run time.
 */
export async function installPack({ userFolder, tarball }) {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const stamp = join(nodes, '.tarball');
	const hash = createHash('sha256')
		.update(await readFile(tarball))
		.digest('hex');
	if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
	await rm(nodes, { recursive: true, force: true });
	await mkdir(nodes, { recursive: true });
	const ledger = { name: 'installed-nodes', private: true, dependencies: {} };
	await writeFile(join(nodes, 'package.json'), JSON.stringify(ledger, null, 2));
	const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
	const args = ['install', tarball, '--legacy-peer-deps', '--no-bin-links', ...quiet];
	await runNpm(args, { cwd: nodes });
	await writeFile(stamp, hash);
}

/**
 * The set-up of an n8n.
 *
 * @typedef {{
 *   heavy: import('./heavy.mjs').Heavy,
 *   userFolder: string,
 *   credentialOverwrites?: Record<string, Record<string, string>>,
 *   env?: Record<string, string>,
 * }} Setup `credentialOverwrites`: per credential type, the properties that an instance's admin would pin
 */

/**
 * Starts n8n, or one of its workers, and waits until it answers.
 *
 * @param {Setup & { role?: 'start' | 'worker', logFile: string, port?: number }} setup
 */
export async function startN8n({ role = 'start', logFile, port, ...setup }) {
	const [freePort, brokerPort] = await portsBut(BROKER_DEFAULT_PORT);
	const chosen = port ?? freePort;
	const url = `http://127.0.0.1:${chosen}`;
	await mkdir(setup.userFolder, { recursive: true });
	await mkdir(dirname(logFile), { recursive: true });
	await writeFile(logFile, '');
	const guarded = startGuarded({
		command: setup.heavy.node,
		args: [setup.heavy.n8n, role],
		cwd: setup.userFolder,
		logFile,
		env: {
			...environmentOf(setup),
			N8N_PORT: String(chosen),
			N8N_EDITOR_BASE_URL: url,
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			...(role === 'worker' && {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(chosen),
			}),
		},
	});
	try {
		await ready(url, guarded);
	} catch (error) {
		await guarded.stop();
		throw new Error(`n8n did not start: ${error.message}\n${await tail(logFile)}`);
	}
	const { userFolder } = setup;
	const { exited, stop, kill } = guarded;
	return { url, port: chosen, logFile, userFolder, exited, stop, kill };
}

/**
 * Runs one of n8n's commands, such as `export:credentials`, to its end.
 *
 * @param {Setup} setup
 * @param {string[]} args
 */
export async function runN8n(setup, args) {
	const env = environmentOf(setup);
	const cwd = setup.userFolder;
	return await runQuietly(setup.heavy.node, [setup.heavy.n8n, ...args], { cwd, env });
}

/** @param {Setup} setup */
function environmentOf({ heavy, userFolder, credentialOverwrites, env }) {
	return {
		...strangersRemoved(process.env),
		PATH: `${dirname(heavy.node)}${delimiter}${process.env.PATH}`,
		...QUIET,
		NODE_COMPILE_CACHE: join(heavy.dir, '.compile-cache'),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_RESTRICT_FILE_ACCESS_TO: join(userFolder, 'files'),
		CREDENTIALS_OVERWRITE_DATA: JSON.stringify(credentialOverwrites ?? {}),
		...env,
	};
}

const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	// This module fetches a list from n8n's own server at every start.
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	// Node's HTTP client would not send a secure cookie over plain http.
	N8N_SECURE_COOKIE: 'false',
	N8N_LOG_LEVEL: 'info',
	NO_COLOR: '1',
};

/** Removes variables that configure another n8n, a test runner or an outer npm. */
function strangersRemoved(env) {
	const strange =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|WEBHOOK_URL|NODES_|EXTERNAL_|NODE_ENV$|NODE_OPTIONS$|JEST_|npm_)/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !strange.test(name)));
}

async function ready(url, { exited }) {
	let ended;
	void exited.then((code) => (ended = code));
	const answers = async () => {
		if (ended !== undefined) throw new Error(`it ended with code ${ended}`);
		const health = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		return health?.ok;
	};
	await until(answers, { seconds: START_SECONDS, what: `${url}/healthz/readiness` });
}

async function portsBut(taken) {
	const ports = await freePorts(3);
	return ports.filter((port) => port !== taken);
}
