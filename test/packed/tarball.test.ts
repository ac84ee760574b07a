import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { packTarball } from '@/scripts/build/pack.mjs';
import { ROOT } from '@/scripts/build/packages.mjs';
import { runQuietly } from '@/scripts/local/processes.mjs';

import source from '../../package.json';

/** Unpacks the package that users get. */
const MEGABYTE = 1_000_000;
let tarball: string;
let scratch: string;
let files: string[];

const read = async (file: string) => await readFile(join(scratch, 'package', file), 'utf8');
const readJson = async <T>(file: string) => JSON.parse(await read(file)) as T;

beforeAll(async () => {
	tarball = await packTarball(join(ROOT, '.cache/pack'), () => undefined);
	scratch = await mkdtemp(join(tmpdir(), 'crosspost-packed-'));
	await runQuietly('tar', ['-xzf', tarball, '-C', scratch]);
	files = await filesUnder(join(scratch, 'package'));
}, 300_000);

afterAll(async () => await rm(scratch, { recursive: true, force: true }));

test('is under 1 MB', async () => {
	expect((await stat(tarball)).size).toBeLessThan(MEGABYTE);
});

test('needs nothing but the n8n it is installed in', async () => {
	const { dependencies, peerDependencies } =
		await readJson<Record<string, unknown>>('package.json');
	expect({ dependencies, peerDependencies }).toEqual({ peerDependencies: { 'n8n-workflow': '*' } });
});

test('holds no tests, types, maps or sources', () => {
	const outside = [
		...['LICENSE.md', 'README.md', 'index.js', 'package.json'],
		'dist/THIRD-PARTY-NOTICES.txt',
	];
	const strange = files
		.filter((file) => !outside.includes(file))
		.filter((file) => !/^dist\/(nodes|credentials)\/[^.]+(\.\w+)*\.(js|json|svg|png)$/.test(file));
	expect(strange).toEqual([]);
	expect(files.filter((file) => /\b(test|spec|fixtures?)\b/i.test(file))).toEqual([]);
});

test('carries the licences of what is bundled into it', async () => {
	const notices = await read('dist/THIRD-PARTY-NOTICES.txt');
	for (const name of [
		'twitter-text',
		'@atproto/api',
		'multiformats',
		'image-size',
		'htmlparser2',
	]) {
		expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
	}
	expect(notices).toContain('Apache License');
	expect(notices).toContain('Permission is hereby granted');
});

test('has every node and credential that package.json names, and each of them is named there', () => {
	const built = (end: string) => files.filter((file) => file.endsWith(end)).sort();
	expect(built('.node.js')).toEqual([...source.n8n.nodes].sort());
	expect(built('.credentials.js')).toEqual([...source.n8n.credentials].sort());
});

test.each(source.n8n.nodes)('%s has its icons and its place in the nodes panel', async (node) => {
	const icons = (await read(node)).match(/file:[\w./]+\.svg/g) ?? [];
	const paths = icons.map((icon) => join(dirname(node), icon.slice('file:'.length)));
	expect(paths).toHaveLength(2);
	for (const path of paths)
		expect((await stat(join(scratch, 'package', path))).size).toBeLessThan(2000);
	const name = node.split('/').at(-2) as string;
	const codex = await readJson<{ node: string }>(node.replace(/\.js$/, '.json'));
	expect(codex.node).toBe(`${source.name}.${name[0].toLowerCase()}${name.slice(1)}`);
});

async function filesUnder(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
