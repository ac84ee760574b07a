import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { packTarball } from '@/scripts/pack.mjs';
import { ROOT } from '@/scripts/packages.mjs';

import source from '../../package.json';

/** Other programs disturb single runs. */
const RUNS = 9;
const MOST_MS = 150;
/** A bundled package from this size on has to wait until it is used. */
const HEAVY_BYTES = 20_000;

interface Load {
	n8n: number;
	pack: number;
	heavy: string[];
}

/** In a fresh process: n8n's own part first, which n8n has loaded before any pack; then all of ours. */
const MEASURE = `
	const since = (start) => Number(process.hrtime.bigint() - start) / 1e6;
	const before = process.hrtime.bigint();
	require('n8n-workflow');
	require('luxon');
	const n8n = since(before);
	const start = process.hrtime.bigint();
	for (const file of process.argv.slice(1)) {
		for (const Type of Object.values(require(file))) new Type();
	}
	const pack = since(start);
	const bundles = Object.keys(require.cache).filter((file) => /dist.nodes.+vendor/.test(file));
	const heavy = bundles.filter((file) => require('fs').statSync(file).size > ${HEAVY_BYTES});
	process.stdout.write(JSON.stringify({ n8n, pack, heavy }));
`;

beforeAll(async () => {
	await packTarball(join(ROOT, '.cache/pack'), () => undefined);
}, 300_000);

test(`all nodes and credentials load in under ${MOST_MS} ms, heavy parts left for later`, () => {
	const files = [...source.n8n.nodes, ...source.n8n.credentials].map((file) => join(ROOT, file));
	const loads = Array.from({ length: RUNS }, () => measure(files));
	const median = (key: 'n8n' | 'pack') =>
		loads.map((load) => load[key]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
	const [pack, n8n] = [median('pack'), median('n8n')];
	const all = loads.map((load) => Math.round(load.pack)).join(', ');
	process.stderr.write(
		`Load: the pack ${pack.toFixed(1)} ms (median of ${all}), n8n-workflow before it ${n8n.toFixed(0)} ms\n`,
	);
	expect(loads[0].heavy).toEqual([]);
	expect(pack).toBeLessThan(MOST_MS);
}, 120_000);

function measure(files: string[]): Load {
	const args = ['-e', MEASURE, ...files];
	return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })) as Load;
}
