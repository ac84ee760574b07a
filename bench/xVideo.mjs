import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureHeavy } from '../scripts/heavy.mjs';
import { outputOf, runWorkflow, saveWorkflow } from '../scripts/n8nClient.mjs';
import { runQuietly } from '../scripts/processes.mjs';
import { compiled } from './compiled.mjs';
import { forgetPeak, memoryOf, startN8nWithX } from './n8n.mjs';

const MIB = 1024 * 1024;
const FILM = 512 * MIB;
const WARM_UP = 8 * MIB;
const CHUNK = MIB;
const MOST_MEMORY = 64 * MIB;
const LEAST_RATIO = 0.5;
/** V8 tidies up when nothing has happened for some seconds; only then is a process idle. */
const REST = 20_000;
const RUNS = 3;
const PATIENCE = 120_000;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * A film of X's full size from the file store of a real n8n to a server, beside a plain client that
 * pushes the same file on the same version of Node.
 */
export async function xVideo() {
	const heavy = await ensureHeavy(say);
	const folder = await mkdtemp(join(tmpdir(), 'crosspost-bench-'));
	const sink = fork(here('sink.mjs'));
	try {
		const [{ port }] = await once(sink, 'message');
		const films = await serveFilms(folder);
		const n8n = await startN8nWithX({ heavy, folder, sinkUrl: `http://127.0.0.1:${port}`, say });
		await send(n8n, sink, await store(n8n, films, WARM_UP));
		const film = await store(n8n, films, FILM);
		const runs = [];
		for (let run = 1; run <= RUNS; run++) {
			say(`Sending a film of ${FILM / MIB} MiB, ${run} of ${RUNS}`);
			const sent = await send(n8n, sink, film);
			const args = [here('plain.mjs'), films.fileOf(FILM), String(CHUNK), String(port)];
			runs.push({ ...sent, plain: Number(await runQuietly(heavy.node, args)) });
		}
		await n8n.stop();
		films.stop();
		return await rowOf(heavy, runs);
	} finally {
		sink.kill('SIGKILL');
		await rm(folder, { recursive: true, force: true });
	}
}

/** Films of the sizes in use, by number of bytes. */
async function serveFilms(folder) {
	const fileOf = (bytes) => join(folder, `${bytes}.mp4`);
	for (const bytes of [WARM_UP, FILM]) await compiled('film').writeFilm(fileOf(bytes), bytes);
	const server = createServer((request, response) => {
		response.writeHead(200, { 'content-type': 'video/mp4' });
		createReadStream(fileOf(request.url.slice(1))).pipe(response);
	});
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	const url = `http://127.0.0.1:${server.address().port}`;
	return { fileOf, urlOf: (bytes) => `${url}/${bytes}`, stop: () => void server.close() };
}

/** An item with a film that n8n has put into its own file store. */
async function store({ session }, { urlOf }, bytes) {
	const options = { response: { response: { responseFormat: 'file' } } };
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Download', 'n8n-nodes-base.httpRequest', 4.2, { url: urlOf(bytes), options }),
	];
	const workflow = await saveWorkflow(session, { ...inARow(nodes), name: 'Download' });
	const [{ binary }] = outputOf(await runWorkflow(session, workflow), 'Download');
	return { bytes, item: { json: {}, binary } };
}

/**
 * Runs the X node alone, in an execution of its own, and says how long the upload took and how much
 * memory the process had beyond what it had at rest. Meanwhile nothing is asked of n8n: answers to that
 * would count as well.
 */
async function send({ session, credentials, pid }, sink, { bytes, item }) {
	const media = { medium: [{ source: 'binary', binaryProperty: 'data', altText: '' }] };
	const parameters = { resource: 'post', operation: 'publish', text: 'Film', media };
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		{ ...node('X', 'n8n-nodes-crosspost.x', 1, parameters), credentials },
	];
	const workflow = await saveWorkflow(session, {
		...inARow(nodes),
		name: 'Send',
		pinData: { Start: [item] },
	});
	await sleep(REST);
	await forgetPeak(pid);
	const { now } = await memoryOf(pid);
	const posted = once(sink, 'message', { signal: AbortSignal.timeout(PATIENCE) });
	await session.send('POST', `/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name: 'Start' },
	});
	const [{ received, seconds }] = await posted;
	if (received < bytes) throw new Error(`Only ${received} of ${bytes} bytes came`);
	return { seconds, memory: (await memoryOf(pid)).peak - now };
}

function node(name, type, typeVersion, parameters) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

function inARow(nodes) {
	const [first, second] = nodes;
	const main = [[{ node: second.name, type: 'main', index: 0 }]];
	return { nodes, connections: { [first.name]: { main } } };
}

/** The most memory of all runs, and what all of them took together. */
async function rowOf(heavy, runs) {
	const memory = Math.max(...runs.map((run) => run.memory));
	const sum = (name) => runs.reduce((seconds, run) => seconds + run[name], 0);
	const ratio = sum('plain') / sum('seconds');
	const rate = (name) => `${Math.round((FILM * RUNS) / MIB / sum(name))} MiB/s`;
	const version = JSON.parse(await readFile(join(dirname(heavy.n8n), '../package.json'))).version;
	const nodeVersion = (await runQuietly(heavy.node, ['--version'])).trim().slice(1);
	return {
		name: `X: 512 MiB video from the file store of n8n ${version}, Node ${nodeVersion}`,
		figures: `memory at most +${(memory / MIB).toFixed(0)} MiB in ${RUNS} runs; ${rate('seconds')}, plain node:http ${rate('plain')}, ratio ${ratio.toFixed(2)}`,
		wanted: `memory below +${MOST_MEMORY / MIB} MiB, ratio at least ${LEAST_RATIO}`,
		passed: memory < MOST_MEMORY && ratio >= LEAST_RATIO,
	};
}
