/**
 * Checks shipped code with n8n's lint configuration, the rest with TypeScript's, and all files with
 * Prettier. Warnings fail too, and eslint-disable comments have no effect.
 *
 *     node scripts/check/lint.mjs [--fix | --format] [file …]
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linters } from './linters.mjs';
import { ROOT } from '../build/packages.mjs';

/** The worked example too, which is as good as what is shipped. */
const SHIPPED = ['package.json', '{.,examples/platform}/{nodes,credentials}/**'];
const OTHERS = ['{test,scripts,bench,examples/platform/test}/**/*.{ts,js,mjs}', '*.js'];
const COMMONJS = ['require', 'module', 'exports', '__dirname', '__filename'];
/** `_name` marks a parameter or property that is omitted on purpose. */
const LEFT_OUT = [
	'error',
	{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
];

const fix = process.argv.includes('--fix');
const formatOnly = process.argv.includes('--format');
/** Files to look at instead of all. */
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const { load } = await linters();
const findings = formatOnly ? [] : [await lintShipped(), await lintOthers()];
findings.push(...(await format({ write: fix || formatOnly })));
process.stdout.write(findings.join(''));
if (findings.some(Boolean)) process.exitCode = 1;

async function lintShipped() {
	const { config } = await load('@n8n/node-cli/eslint');
	return await lint(
		config,
		chosen(/^(\w+\/platform\/)?(nodes|credentials)\/.*\.ts$|^package\.json$/, SHIPPED),
	);
}

async function lintOthers() {
	const { default: js } = await load('@eslint/js');
	const { default: ts } = await load('typescript-eslint');
	const globals = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));
	const node = globals(Object.getOwnPropertyNames(globalThis));
	return await lint(
		[
			{ ...js.configs.recommended, languageOptions: { globals: node } },
			{
				files: ['**/*.js'],
				languageOptions: { sourceType: 'commonjs', globals: globals(COMMONJS) },
			},
			...ts.configs.recommended.map((part) => ({ ...part, files: ['**/*.ts'] })),
			{ files: ['**/*.ts'], rules: { '@typescript-eslint/no-unused-vars': LEFT_OUT } },
		],
		chosen(/^(?!nodes\/|credentials\/).*\.(ts|m?js)$/, OTHERS),
	);
}

function chosen(own, all) {
	return only.length > 0 ? only.filter((name) => own.test(name)) : all;
}

async function lint(overrideConfig, patterns) {
	if (patterns.length === 0) return '';
	const { ESLint } = await load('eslint');
	const eslint = new ESLint({
		cwd: ROOT,
		overrideConfigFile: true,
		overrideConfig,
		allowInlineConfig: false,
		errorOnUnmatchedPattern: false,
		fix,
	});
	const results = await eslint.lintFiles(patterns);
	if (fix) await ESLint.outputFixes(results);
	return (await eslint.loadFormatter('stylish')).format(results);
}

/** Returns one line for each file that Prettier would change. */
async function format({ write }) {
	const { default: prettier } = await load('prettier');
	const ignorePath = join(ROOT, '.prettierignore');
	const unformatted = [];
	for (const file of only.length > 0 ? only.map((name) => join(ROOT, name)) : ownFiles()) {
		const { ignored, inferredParser } = await prettier.getFileInfo(file, { ignorePath });
		if (ignored || !inferredParser) continue;
		const text = await readFile(file, 'utf8');
		const options = await prettier.resolveConfig(file);
		const pretty = await prettier.format(text, { ...options, filepath: file });
		if (pretty === text) continue;
		if (write) await writeFile(file, pretty);
		else unformatted.push(`Not formatted (npm run format): ${file.slice(ROOT.length)}\n`);
	}
	return unformatted;
}

/** Files that git tracks or would add: no node_modules, dist or caches. */
function ownFiles() {
	const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const names = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
	return names
		.filter(Boolean)
		.map((name) => join(ROOT, name))
		.filter(existsSync);
}
