/**
 * Makes a new platform: `npm run new -- "Sample Platform" [--full]`. Copies the skeleton, adds the
 * lines that name it, and prints the remaining steps, which failing tests point out too.
 */
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../build/packages.mjs';

const given = process.argv.slice(2);
const flags = given.filter((word) => word.startsWith('--'));
const title = given.filter((word) => !word.startsWith('--')).join(' ');
const Name = title
	.split(' ')
	.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
	.join('');
const id = Name.charAt(0).toLowerCase() + Name.slice(1);
const isFull = flags.includes('--full');

if (!/^[A-Z][A-Za-z0-9]*$/.test(Name) || flags.some((flag) => !/^--(thin|full)$/.test(flag))) {
	fail('npm run new -- <Name> [--thin | --full], as in: npm run new -- "GitHub Discussions"');
}
if (existsSync(join(ROOT, 'nodes', Name))) fail(`There is a platform in nodes/${Name} already.`);

const made = [...(await copied('thin')), ...(isFull ? await copied('full') : [])];
await entered();
if (isFull) await filledOut();
const changed = ['nodes/platforms.ts', 'package.json', 'test/platforms/index.ts'];
execFileSync(
	process.execPath,
	[join(ROOT, 'scripts/check/lint.mjs'), '--format', ...made, ...changed],
	{ cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
);
process.stdout.write(`Made:
${made.map((file) => `  ${file}`).join('\n')}
Changed: ${changed.join(', ')}
These tests tell what is left, besides naming ${title} in README.md, CHANGELOG.md, the form for issues
and examples/crosspost-demo.json; the tables are written by npm run tables:
  npx jest --selectProjects unit contract --testPathPatterns 'test/contract|tables|test/${Name}/|shared/publish'
  npx jest --selectProjects sandbox --testPathPatterns 'thin|echoes|trigger'
`);

/** Copies the files of a skeleton under their new names. */
async function copied(skeleton) {
	const from = join(import.meta.dirname, skeleton);
	const entries = await readdir(from, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1));
	for (const file of files) {
		const to = join(ROOT, named(file));
		await mkdir(dirname(to), { recursive: true });
		await cp(join(from, file), to);
		await writeFile(to, named(await readFile(to, 'utf8')));
	}
	return files.map(named);
}

/**
 * Adds to the record and the definition of a full platform everything that its further files
 * export.
 */
async function filledOut() {
	await change(`test/platforms/${id}.ts`, (text) => text.replace("\ttier: 'thin',\n", ''));
	const imports = `import { ${id}Options } from './options';\nimport { publish } from './publish';`;
	await change(`nodes/${Name}/${id}.ts`, (text) =>
		text
			.replace(
				"import { publish } from './publish';",
				`${imports}\nimport { check } from './rules';`,
			)
			.replace('options: [],', `options: ${id}Options,`)
			.replace('\texplain,', '\tcheck,\n\texplain,'),
	);
}

function named(text) {
	return text
		.replaceAll('Sample Platform', title)
		.replaceAll('sample.example', `${id.toLowerCase()}.example`)
		.replace(/Sample(?![a-z])/g, Name)
		.replace(/sample(?![a-z])/g, id);
}

/** Adds the platform to the lists that name every platform, sorted by id. */
async function entered() {
	await change('nodes/platforms.ts', (text) =>
		inLine(
			inImports(text, `import { ${id} } from './${Name}/${id}';`),
			/(?<=readonly Platform\[\] = \[\n)[^\]]*(?=\])/,
			(list) =>
				sorted([...list.match(/\w+/g), id])
					.map((one) => `\t${one},\n`)
					.join(''),
		),
	);
	await change('test/platforms/index.ts', (text) =>
		inLine(
			inLine(
				inImports(text, `import { ${id} } from './${id}';`),
				/(?:\t\.\.\.\w+\.sandboxes,\n)+/,
				(list) =>
					sorted([...list.match(/(?<=\.\.\.)\w+/g), id])
						.map((one) => `\t...${one}.sandboxes,\n`)
						.join(''),
			),
			/(?<=\.\.\.\{ )[^}]*(?= \})/,
			(list) => sorted([...list.match(/\w+/g), id]).join(', '),
		),
	);
	await change('package.json', (text) => {
		const pack = JSON.parse(text);
		pack.n8n.nodes = sorted([...pack.n8n.nodes, `dist/nodes/${Name}/${Name}.node.js`]);
		const type = `dist/credentials/Crosspost${Name}Api.credentials.js`;
		pack.n8n.credentials = sorted([...pack.n8n.credentials, type]);
		return `${JSON.stringify(pack, null, '\t')}\n`;
	});
}

/** Adds the line among the imports of neighboring files. */
function inImports(text, line) {
	const lines = text.split('\n');
	const isImport = (one) => /^import .* from '\.\/(?!shared)/.test(one);
	const [first, last] = [lines.findIndex(isImport), lines.findLastIndex(isImport)];
	const imports = sorted([...lines.slice(first, last + 1), line], (one) => one.split("'").at(-2));
	return [...lines.slice(0, first), ...imports, ...lines.slice(last + 1)].join('\n');
}

function inLine(text, where, write) {
	if (!where.test(text)) fail('A list has another form than this script knows.');
	return text.replace(where, write);
}

function sorted(list, by = String) {
	return [...list].sort((a, b) => (by(a) < by(b) ? -1 : 1));
}

async function change(file, by) {
	const path = join(ROOT, file);
	await writeFile(path, by(await readFile(path, 'utf8')));
}

function fail(message) {
	process.stderr.write(`${message}\n`);
	process.exit(2);
}
