import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../../scripts/build/packages.mjs';
import { freePorts, until } from '../../scripts/local/processes.mjs';
import { records } from '../platforms';
import { alive, offspring } from './offspring';

const ALL = Object.keys(records).sort();
/** The first start on a machine installs what is missing. */
jest.setTimeout(1_800_000);

interface Started {
	child: ChildProcess;
	ended: Promise<unknown>;
	out: () => string;
	said: () => string;
}

let folder: string;
let running: Started | undefined;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'crosspost-start-'))));

afterEach(async () => {
	if (running && !isOver(running)) signal('SIGTERM');
	await running?.ended;
	await rm(folder, { recursive: true, force: true });
});

/** Starts it as a shell does: in its own process group. */
async function start(...words: string[]): Promise<Started> {
	const [port] = await freePorts(1);
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(npm_|JEST_|NODE_)/.test(name),
	);
	const child = spawn('npm', ['start', ...words], {
		cwd: ROOT,
		detached: true,
		env: {
			...Object.fromEntries(inherited),
			CROSSPOST_DEMO: folder,
			CROSSPOST_PORT: String(port),
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	running = {
		child,
		ended: once(child, 'close'),
		out: collected(child.stdout),
		said: collected(child.stderr),
	};
	return running;
}

function isOver({ child: { exitCode, signalCode } }: Started) {
	return exitCode !== null || signalCode !== null;
}

function collected(stream: NodeJS.ReadableStream) {
	let text = '';
	stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
	return () => text;
}

/** Signals the whole group, as a terminal does on Ctrl-C. */
function signal(name: NodeJS.Signals) {
	process.kill(-running!.child.pid!, name);
}

it('npm start -- --once publishes on all platforms and tells it by a line of JSON each', async () => {
	const { child, ended, out, said } = await start('--', '--once');
	await ended;
	expect([child.exitCode, said()]).toEqual([0, expect.any(String)]);
	const posts = out()
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as { platform: string });
	expect(posts.map(({ platform }) => platform).sort()).toEqual(ALL);
	for (const post of posts) {
		expect(post).toEqual({
			platform: expect.any(String),
			id: expect.stringMatching(/./),
			url: expect.stringMatching(/^https?:\/\//),
		});
	}
});

it('npm start shows the editor and every post, and leaves no process behind at Ctrl-C', async () => {
	const started = await start();
	const { ended, out, said } = started;
	const shown = async () => {
		if (isOver(started)) throw new Error(said());
		return said().includes('Stop everything with Ctrl-C.');
	};
	await until(shown, { seconds: 1500, what: 'npm start' });
	const posts = [...said().matchAll(/^Published on (\w+): (\S+)$/gm)];
	expect(posts.map(([, platform]) => platform).sort()).toEqual(ALL);
	for (const [, platform, url] of posts) {
		const answer = await fetch(url);
		expect([platform, answer.status, await answer.text()]).toEqual([
			platform,
			200,
			expect.stringContaining('Hello from n8n'),
		]);
	}
	const [, editor] = /^n8n: +(\S+)$/m.exec(said()) ?? [];
	expect((await fetch(editor)).status).toBe(200);
	expect(out()).toBe('');

	const before = offspring(folder);
	// npm, its script, the guards, n8n, the Bluesky server.
	expect(before.length).toBeGreaterThan(5);
	signal('SIGINT');
	await ended;
	const left = () => [...alive(before), ...offspring(folder)];
	await until(async () => left().length === 0, { seconds: 30, what: 'Their end' }).catch(() => {});
	expect(left()).toEqual([]);
});
