import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { packTarball } from '@/scripts/build/pack.mjs';
import { ROOT } from '@/scripts/build/packages.mjs';

import source from '../../package.json';

const RUNS = 9;
/** Share of the processor time that n8n-workflow takes, which every n8n has loaded before. */
const MOST_SHARE = 0.5;
/** Bundled packages of at least this size must be loaded only when they are used. */
const HEAVY_BYTES = 20_000;

/** Processor time in ms. */
interface Load {
	n8n: number;
	pack: number;
	heavy: string[];
}

/**
 * Measures in a new process: loads the part of n8n first that n8n loads before any pack, then the
 * whole pack.
 */
const MEASURE = `
	const busy = () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	};
	const start = busy();
	require('n8n-workflow');
	require('luxon');
	const loaded = busy();
	for (const file of process.argv.slice(1)) {
		for (const Type of Object.values(require(file))) new Type();
	}
	const [n8n, pack] = [loaded - start, busy() - loaded];
	const bundles = Object.keys(require.cache).filter((file) => /dist.nodes.+vendor/.test(file));
	const heavy = bundles.filter((file) => require('fs').statSync(file).size > ${HEAVY_BYTES});
	process.stdout.write(JSON.stringify({ n8n, pack, heavy }));
`;

beforeAll(async () => {
	await packTarball(join(ROOT, '.cache/pack'), () => undefined);
}, 300_000);

test('all nodes and credentials load in half the time of n8n-workflow, heavy parts left for later', () => {
	const files = [...source.n8n.nodes, ...source.n8n.credentials].map((file) => join(ROOT, file));
	const loads = Array.from({ length: RUNS }, () => measure(files));
	process.stderr.write(told(loads));
	expect(loads[0].heavy).toEqual([]);
	// Other programs only add to either time.
	expect(least(loads, 'pack') / least(loads, 'n8n')).toBeLessThan(MOST_SHARE);
}, 120_000);

function measure(files: string[]): Load {
	const args = ['-e', MEASURE, ...files];
	return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as Load;
}

function least(loads: Load[], key: 'n8n' | 'pack'): number {
	return Math.min(...loads.map((load) => load[key]));
}

function told(loads: Load[]): string {
	const [pack, n8n] = [least(loads, 'pack'), least(loads, 'n8n')];
	const times = `${pack.toFixed(0)} ms, n8n-workflow in ${n8n.toFixed(0)} ms`;
	return `The whole pack loads in ${times}: the least processor time of ${RUNS} processes\n`;
}
