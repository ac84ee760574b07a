import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '@/scripts/build/packages.mjs';

/**
 * Runs `npm run new` in a copy of the pack: its files must be correct, and only tests of unfinished
 * parts may fail.
 */
let copy: string;
let made: string[];

const KEPT_OUT = /^(node_modules|\.git|\.cache|dist)$/;

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), 'crosspost-new-'));
	cpSync(ROOT, copy, {
		recursive: true,
		filter: (from) => !KEPT_OUT.test(from.slice(ROOT.length).split('/').filter(Boolean)[0] ?? ''),
	});
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
	node('scripts/new/index.mjs', 'Zyx Forge');
	made = node('scripts/new/index.mjs', 'Qlub Site', '--full').match(
		/(?<=^ {2})\S+\.(ts|svg|md)$/gm,
	)!;
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function node(...args: string[]): string {
	return execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
}

/** Returns the names of the failing tests, and how many pass. */
async function run(projects: string[], pattern: string, name = '') {
	const outputFile = join(copy, `${projects.join('.')}.json`);
	const args = ['--selectProjects', ...projects, '--testPathPatterns', pattern, '-t', name];
	const jest = [join('node_modules', 'jest/bin/jest.js'), ...args, '--json', '--outputFile'];
	await new Promise((done) =>
		execFile(process.execPath, [...jest, outputFile], { cwd: copy }, done),
	);
	const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as {
		testResults: Array<{ assertionResults: Array<{ fullName: string; status: string }> }>;
	};
	const all = testResults.flatMap(({ assertionResults }) => assertionResults);
	const named = (status: string) =>
		all.filter((one) => one.status === status).map(({ fullName }) => fullName);
	return { failed: [...new Set(named('failed'))].sort(), passed: named('passed').length };
}

it('makes what compiles, is linted and is used', () => {
	const tsc = join('node_modules', 'typescript/bin/tsc');
	node(tsc, '-p', 'tsconfig.json', '--noEmit');
	node(tsc, '-p', 'tsconfig.test.json');
	node('scripts/check/lint.mjs', ...made);
	node(join('node_modules', 'knip/bin/knip.js'), '--no-progress');
}, 300_000);

it('fails by what is left to fill in, and by nothing else', async () => {
	const { failed, passed } = await run(
		['unit', 'contract'],
		'contract|tables|test/(ZyxForge|QlubSite)/',
	);
	const left = [
		'has nothing left to fill in',
		'links to the vendor’s pages, and its limits to where they stand',
	];
	const lists = [
		'.github/ISSUE_TEMPLATE/failure.yml',
		'CHANGELOG.md',
		'README.md',
		'examples/crosspost-demo.json',
	];
	const pages = ['README.md', ...['qlubSite', 'zyxForge'].map((id) => `docs/platforms/${id}.md`)];
	expect(failed).toEqual(
		[
			...['Qlub Site', 'Zyx Forge'].flatMap((name) => left.map((test) => `${name} ${test}`)),
			...lists.map((file) => `${file} names every platform`),
			...pages.map((file) => `The tables of ${file} say what the definitions say`),
			'is published by the requests that the vendor documents',
			'is refused in the vendor’s words',
		].sort(),
	);
	expect(passed).toBeGreaterThan(2000);
}, 300_000);

it('makes an imitation that the common tests go through', async () => {
	const { failed, passed } = await run(
		['sandbox'],
		'thin|trigger|qlubSite',
		'Zyx Forge|zyxForge|refuses what|ends as',
	);
	expect(failed).toEqual([
		'ends as it should, whatever goes wrong',
		'refuses what the vendor refuses',
	]);
	expect(passed).toBeGreaterThan(12);
}, 300_000);
