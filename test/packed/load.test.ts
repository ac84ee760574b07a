import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { packTarball } from '@/scripts/build/pack.mjs';
import { ROOT } from '@/scripts/build/packages.mjs';

import source from '../../package.json';

const RUNS = 9;
const MOST_MS = 150;
/** Bundled packages of at least this size must be loaded only when they are used. */
const HEAVY_BYTES = 20_000;

interface Load {
	n8n: number;
	wall: number;
	processor: number;
	heavy: string[];
}

/**
 * Measures in a new process: loads the part of n8n first that n8n loads before any pack, then the
 * whole pack.
 */
const MEASURE = `
	const since = (start) => Number(process.hrtime.bigint() - start) / 1e6;
	const before = process.hrtime.bigint();
	require('n8n-workflow');
	require('luxon');
	const n8n = since(before);
	const busyBefore = process.cpuUsage();
	const start = process.hrtime.bigint();
	for (const file of process.argv.slice(1)) {
		for (const Type of Object.values(require(file))) new Type();
	}
	const wall = since(start);
	const busy = process.cpuUsage(busyBefore);
	const processor = (busy.user + busy.system) / 1000;
	const bundles = Object.keys(require.cache).filter((file) => /dist.nodes.+vendor/.test(file));
	const heavy = bundles.filter((file) => require('fs').statSync(file).size > ${HEAVY_BYTES});
	process.stdout.write(JSON.stringify({ n8n, wall, processor, heavy }));
`;

beforeAll(async () => {
	await packTarball(join(ROOT, '.cache/pack'), () => undefined);
}, 300_000);

test(`all nodes and credentials load in under ${MOST_MS} ms, heavy parts left for later`, () => {
	const files = [...source.n8n.nodes, ...source.n8n.credentials].map((file) => join(ROOT, file));
	const loads = Array.from({ length: RUNS }, () => measure(files));
	process.stderr.write(told(loads));
	expect(loads[0].heavy).toEqual([]);
	// This is the elapsed time on an idle processor; other programs can only increase both times.
	expect(Math.min(...loads.map(({ processor }) => processor))).toBeLessThan(MOST_MS);
}, 120_000);

function measure(files: string[]): Load {
	const args = ['-e', MEASURE, ...files];
	return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as Load;
}

function told(loads: Load[]): string {
	const sorted = (key: 'n8n' | 'wall' | 'processor') =>
		loads.map((load) => load[key]).sort((a, b) => a - b);
	const figures = (key: 'n8n' | 'wall' | 'processor') =>
		[sorted(key)[0], sorted(key)[RUNS >> 1]].map((ms) => `${ms.toFixed(0)} ms`).join(' / ');
	return [
		`Loading the whole pack, fastest / median of ${RUNS} fresh processes: ${figures('wall')}`,
		`(processor time ${figures('processor')}); n8n-workflow before it ${figures('n8n')}\n`,
	].join(' ');
}
