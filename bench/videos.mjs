import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { targetsOf } from '../scripts/local/demoRun.mjs';
import { ensureHeavy } from '../scripts/local/heavy.mjs';
import { saveWorkflow } from '../scripts/local/n8nClient.mjs';
import { freePorts, runQuietly } from '../scripts/local/processes.mjs';
import { MIB, inARow, makeFilms, node, stored } from './films.mjs';
import { forgetPeak, memoryOf, startN8nWith } from './n8n.mjs';

/**
 * How large a film a platform is sent, how often, and whether beside a plain client.
 *
 * @typedef {{ platform: string, name: string, mib: number, runs: number, plain?: boolean, options?: object }} Trial
 * @type {Trial[]}
 */
const TRIALS = [
	{ platform: 'x', name: 'X', mib: 512, runs: 3, plain: true },
	{ platform: 'facebook', name: 'Facebook Pages', mib: 1024, runs: 1 },
	{ platform: 'linkedIn', name: 'LinkedIn', mib: 500, runs: 1 },
	{ platform: 'pinterest', name: 'Pinterest', mib: 1024, runs: 1, options: { coverTime: 1 } },
	{ platform: 'tikTok', name: 'TikTok', mib: 1024, runs: 1, options: { privacy: 'SELF_ONLY' } },
];
/** In MiB, too. */
const WARM_UP = 8;
const MOST_MEMORY = 64;
const LEAST_RATIO = 0.5;
/** As large as X takes them. */
const PLAIN_CHUNK = MIB;
/** V8 tidies up when nothing has happened for some seconds; only then is a process idle. */
const REST = 20_000;
const PATIENCE = 300_000;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * Films of the platforms' full sizes from the file store of a real n8n. The platforms are processes
 * of their own: one that keeps nothing where time counts, and the imitations, which check what comes.
 */
export async function videos() {
	const heavy = await ensureHeavy(say);
	const folder = await mkdtemp(join(tmpdir(), 'crosspost-bench-'));
	const [port] = await freePorts(1);
	const platforms = TRIALS.filter(({ plain }) => !plain).map(({ platform }) => platform);
	const sink = fork(here('sink.mjs'));
	const imitations = fork(
		here('imitations.mjs'),
		[folder, `http://127.0.0.1:${port}`, ...platforms],
		{ env: { ...process.env, TMPDIR: folder } },
	);
	try {
		const [[x], [others]] = await Promise.all(
			[sink, imitations].map((one) => once(one, 'message')),
		);
		const accounts = [...x.accounts, ...others.accounts];
		const sizes = [...new Set([WARM_UP, ...TRIALS.map(({ mib }) => mib)])];
		const films = await makeFilms(folder, sizes);
		const setup = { heavy, folder, port, accounts, say };
		const before = await startN8nWith(setup);
		const items = await stored(before, films, sizes);
		await before.stop();
		// Anew, without the memory that storing took and that would be used again.
		const n8n = await startN8nWith(setup);
		const about = { heavy, films, items, n8n, accounts, sink, imitations, sinkPort: x.port };
		for (const trial of TRIALS) await send(about, { ...trial, mib: WARM_UP }, 0);
		const rows = [];
		for (const trial of TRIALS) rows.push(await rowOf(heavy, trial, await runsOf(about, trial)));
		await n8n.stop();
		return rows;
	} finally {
		for (const server of [sink, imitations]) server.kill('SIGKILL');
		await rm(folder, { recursive: true, force: true });
	}
}

/** Memory is that of an n8n at rest; rates are compared while both clients are at work. */
async function runsOf(about, trial) {
	const { heavy, films, sinkPort } = about;
	const { name, mib, plain } = trial;
	const args = [here('plain.mjs'), films[mib], String(PLAIN_CHUNK), String(sinkPort)];
	const rested = await repeated(trial, async (run) => {
		say(`${name}: sending a film of ${mib} MiB, ${run} of ${trial.runs}`);
		return (await send(about, trial, REST)).memory;
	});
	const memory = Math.max(...rested);
	if (!plain) return { memory };
	say(`${name}: sending it in turn with a plain client`);
	const rates = await repeated(trial, async () => ({
		own: (await send(about, trial, 0)).seconds,
		plain: Number(await runQuietly(heavy.node, args)),
	}));
	return { memory, rates };
}

async function repeated({ runs }, run) {
	const all = [];
	for (let count = 1; count <= runs; count++) all.push(await run(count));
	return all;
}

/**
 * Runs the platform's node alone, in an execution of its own, and says how long the upload took and
 * how much memory the process had beyond what it had at rest. Meanwhile nothing is asked of n8n:
 * answers to that would count as well.
 */
async function send({ items, n8n, accounts, sink, imitations }, trial, rest) {
	const { platform, mib, options = {}, plain } = trial;
	const { session, credentials, pid } = n8n;
	const target = targetsOf(accounts)[`${platform}Target`];
	const parameters = {
		// No platform takes the same post twice.
		...{ resource: 'post', operation: 'publish', text: new Date().toISOString(), options },
		media: { medium: [{ source: 'binary', binaryProperty: 'data', altText: '' }] },
		...(target && { target }),
	};
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		{ ...node('Send', `n8n-nodes-crosspost.${platform}`, 1, parameters), credentials },
	];
	const workflow = await saveWorkflow(session, {
		...inARow(nodes),
		name: 'Send',
		pinData: { Start: [items[mib]] },
	});
	await sleep(rest);
	await forgetPeak(pid);
	const { now } = await memoryOf(pid);
	const signal = AbortSignal.timeout(PATIENCE);
	const posted = once(plain ? sink : imitations, 'message', { signal });
	const { executionId } = await session.send('POST', `/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name: 'Start' },
	});
	const [{ received, seconds }] = await posted.catch(async () => {
		const { data } = await session.send('GET', `/executions/${executionId}`);
		throw new Error(`Nothing came of the post on ${platform}: ${data}`);
	});
	if (received < mib * MIB) throw new Error(`Only ${received} bytes of ${mib} MiB came`);
	return { seconds, memory: (await memoryOf(pid)).peak - now };
}

/** The most memory of all runs, and what all of them took together. */
async function rowOf(heavy, { name, mib, runs }, { memory, rates }) {
	const sum = (what) => rates.reduce((seconds, run) => seconds + run[what], 0);
	const rate = (what) => `${Math.round((mib * runs) / sum(what))} MiB/s`;
	const ratio = rates ? sum('plain') / sum('own') : Infinity;
	const most = `memory +${(memory / MIB).toFixed(0)} MiB${runs > 1 ? ` at most in ${runs} runs` : ''}`;
	const compared = () =>
		`${rate('own')}, plain node:http ${rate('plain')}, ratio ${ratio.toFixed(2)}`;
	return {
		name: `${name}: ${mib} MiB video from the file store of ${await versions(heavy)}`,
		figures: rates ? `${most}; ${compared()}` : most,
		wanted: `memory below +${MOST_MEMORY} MiB${rates ? `, ratio at least ${LEAST_RATIO}` : ''}`,
		passed: memory < MOST_MEMORY * MIB && ratio >= LEAST_RATIO,
	};
}

async function versions(heavy) {
	const { version } = JSON.parse(await readFile(join(dirname(heavy.n8n), '../package.json')));
	return `n8n ${version}, Node ${(await runQuietly(heavy.node, ['--version'])).trim().slice(1)}`;
}
