/**
 * `npm test` runs every stage in order, even after a failure. `npm test -- lint unit` runs only
 * those. The last line is `N passed, N failed, N skipped`: every jest test counts, and every other
 * stage as one.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ensureDebian } from '../local/debian.mjs';
import { ensureHeavy } from '../local/heavy.mjs';
import { packTarball } from '../build/pack.mjs';
import { ROOT, ensurePackages } from '../build/packages.mjs';

const RESULTS = join(ROOT, '.cache/test');
/**
 * Tests make many short-lived objects: with more room for young objects they take a tenth less
 * time.
 */
const JEST = ['node', '--max-semi-space-size=64', 'node_modules/jest/bin/jest.js'];
const isRoot = process.getuid?.() === 0;
/** Skipped tests fail in CI if this process could install what they need. */
const isStrict = process.env.CI === 'true' && isRoot;

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */
const STAGES = {
	build: command('gulp', 'build'),
	lint: command('node', 'scripts/check/lint.mjs'),
	types: command('npm', 'run', 'typecheck'),
	unit: jest('unit'),
	contract: jest('contract'),
	sandbox: jest('sandbox'),
	pds: jest('pds', ensureHeavy),
	packed: jest('packed', () => packTarball(join(ROOT, '.cache/pack'), say)),
	scan: command('node', 'scripts/check/scan.mjs'),
	e2e: jest('e2e', ensureHeavy, ensureDebian),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
	say(`No stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}.`);
	process.exit(2);
}
await ensurePackages(say);
const report = [];
const names = chosen.length > 0 ? chosen : Object.keys(STAGES);
for (const group of groupsOf(names)) report.push(...(await Promise.all(group.map(performed))));
summarize();

/** Groups stages that run in parallel: lint and types use one processor each. */
function groupsOf(stages) {
	const single = ['lint', 'types'].filter((name) => stages.includes(name));
	return stages.flatMap((name) => {
		if (!single.includes(name)) return [[name]];
		return name === single[0] ? [single] : [];
	});
}

async function performed(name) {
	say(`\n=== ${name}`);
	const started = Date.now();
	const counts = await STAGES[name]().catch((error) => {
		say(error.message);
		return { passed: 0, failed: 1, skipped: [] };
	});
	return { name, seconds: (Date.now() - started) / 1000, ...counts };
}

function summarize() {
	const skipped = report.flatMap((stage) => stage.skipped);
	const sum = (key) => report.reduce((total, stage) => total + stage[key], 0);
	say('');
	for (const { name, seconds, passed, failed, skipped: left } of report) {
		const outcome = failed > 0 ? `FAILED (${failed})` : 'ok';
		const counts = `${passed} passed, ${failed} failed, ${left.length} skipped`;
		say(`${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${outcome}  ${counts}`);
	}
	for (const name of skipped) say(`Skipped: ${name}`);
	if (isStrict && skipped.length > 0) say('Under CI as root nothing may be skipped.');
	const failed = sum('failed');
	process.exitCode = failed > 0 || (isStrict && skipped.length > 0) ? 1 : 0;
	process.stdout.write(`${sum('passed')} passed, ${failed} failed, ${skipped.length} skipped\n`);
}

/** A stage that counts as one test. */
function command(...words) {
	return async () => {
		const isFine = (await run(words)) === 0;
		return { passed: Number(isFine), failed: Number(!isFine), skipped: [] };
	};
}

/** A stage of jest tests; first installs what they need from outside npm. */
function jest(project, ...needs) {
	return async () => {
		for (const need of needs) await need(say);
		const outputFile = join(RESULTS, `${project}.json`);
		await mkdir(RESULTS, { recursive: true });
		await rm(outputFile, { force: true });
		const slow = needs.length > 0 ? ['--runInBand'] : [];
		const output = ['--json', `--outputFile=${outputFile}`];
		const code = await run([...JEST, '--selectProjects', project, ...slow, ...output]);
		const counts = counted(JSON.parse(await readFile(outputFile, 'utf8')));
		return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
	};
}

/** Counts the results of jest. A test file that could not be loaded counts as one failure. */
function counted(results) {
	const tests = results.testResults.flatMap(({ assertionResults }) => assertionResults);
	const left = tests.filter(({ status }) => ['pending', 'todo', 'disabled'].includes(status));
	return {
		passed: results.numPassedTests,
		failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
		skipped: left.map(({ fullName }) => fullName),
	};
}

/**
 * Runs a command. Its output goes to standard error, because standard output is for the last line.
 */
function run([name, ...args]) {
	const path = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
	return new Promise((resolve, reject) => {
		const child = spawn(name, args, {
			cwd: ROOT,
			env: { ...process.env, PATH: path },
			stdio: ['ignore', 2, 2],
		});
		child.on('error', reject);
		child.on('close', resolve);
	});
}

function say(line) {
	process.stderr.write(`${line}\n`);
}
