import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import packageJson from '../package.json';
import { platforms } from '../nodes/platforms';
import type { Platform } from '../nodes/shared/contract/platform';
import { isImitated, records } from './platforms';
import { platforms as asked, records as askedRecords } from './platforms/asked';

/** Checks that a platform has all files that CONTRIBUTING.md lists, and no others. */
const ROOT = join(__dirname, '..');

const known = (platform: Platform) => ({
	...platform,
	Name: platform.id.charAt(0).toUpperCase() + platform.id.slice(1),
	isThin: askedRecords[platform.id].tier === 'thin',
});
const all = platforms.map(known);
type Known = (typeof all)[number];
/** The platforms and the worked example, each with the folder that contains its files. */
const laidOut = [
	...all.map((one) => [one.name, one, ROOT] as const),
	...asked
		.filter((one) => !platforms.includes(one))
		.map((one) => [one.name, known(one), join(ROOT, 'examples/platform')] as const),
];

const entries = (folder: string, root = ROOT) => readdirSync(join(root, folder)).sort();
const typeFile = (type: string) => `${type.charAt(0).toUpperCase()}${type.slice(1)}.credentials.ts`;

/** The files that each platform has. */
function placesOf(platform: Known): string[] {
	const { id, Name, credentials, isThin } = platform;
	const node = ['node.ts', 'node.json'].map((end) => `${Name}.${end}`);
	const own = [`${id}.ts`, 'publish.ts', 'errors.ts', `${id}.svg`, `${id}.dark.svg`];
	return [
		...[...node, ...own].map((file) => `nodes/${Name}/${file}`),
		...credentials.map(({ type }) => `credentials/${typeFile(type)}`),
		`docs/platforms/${id}.md`,
		`test/platforms/${id}.ts`,
		...(isThin ? [`test/sandbox/${id}/index.ts`] : fullPlacesOf(platform)),
	];
}

/** The further files of a platform in full. */
function fullPlacesOf({ id, Name, readBack }: Known): string[] {
	return [
		...['options.ts', 'rules.ts'].map((file) => `nodes/${Name}/${file}`),
		`test/${Name}/setup.ts`,
		`test/sandbox/nodes/${id}.test.ts`,
		...(isImitated(id) ? [`test/sandbox/${id}/index.ts`, `test/sandbox/${id}.test.ts`] : []),
		...(isImitated(id) && readBack ? [`test/sandbox/nodes/${id}Subjects.ts`] : []),
	];
}

describe.each(laidOut)('%s', (_name, platform, root) => {
	const { Name } = platform;

	it('has all that the plan demands', () => {
		expect(placesOf(platform).filter((file) => !existsSync(join(root, file)))).toEqual([]);
	});

	it('has conversations', () => {
		expect(entries(`test/${Name}`, root).join(' ')).toContain('.test.ts');
	});

	it('links to the vendor’s pages, and its limits to where they stand', () => {
		expect(platform.docs).toMatch(/^https:\/\/[\w-]+\./);
		expect(platform.credentials.map(({ manage }) => manage)).not.toContain('');
		const files = entries(`nodes/${Name}`, root).filter((file) => file.endsWith('.ts'));
		const texts = files.map((file) => readFileSync(join(root, 'nodes', Name, file), 'utf8'));
		const limits = texts.filter((text) => /[lL]imits(?:: \w+)? ?[:=] \{/.test(text));
		const linked = limits.filter((text) => /^\s*(?:\/\/|\/?\*\*?).*https:\/\//m.test(text));
		expect(linked).not.toHaveLength(0);
	});

	it('has nothing left to fill in', () => {
		const own = [`nodes/${Name}`, `test/${Name}`, `test/sandbox/${platform.id}`];
		const inside = own.filter((folder) => existsSync(join(root, folder)));
		const files = [
			...placesOf(platform).filter((file) => existsSync(join(root, file))),
			...inside.flatMap((folder) => entries(folder, root).map((file) => `${folder}/${file}`)),
		];
		const lines = [...new Set(files)].flatMap((file) =>
			readFileSync(join(root, file), 'utf8')
				.split('\n')
				.flatMap((line, at) => (line.includes('TODO') ? [`${file}:${at + 1} ${line.trim()}`] : [])),
		);
		expect(lines).toEqual([]);
	});

	it('names its credentials after itself', () => {
		const start = `crosspost${platform.Name}`;
		expect(platform.credentials.filter(({ type }) => !type.startsWith(start))).toEqual([]);
	});
});

/** Files in test/platforms that are not records. */
const SHARED = ['asked.ts', 'files.ts', 'index.ts', 'record.ts'];

describe('Nothing else lies', () => {
	const own = all.map(({ Name }) => Name);
	const ids = all.map(({ id }) => id);

	it.each([
		[
			'credentials',
			all.flatMap(({ credentials }) => credentials.map(({ type }) => typeFile(type))),
		],
		['docs/platforms', ids.map((id) => `${id}.md`)],
		['test/platforms', [...ids.map((id) => `${id}.ts`), ...SHARED]],
	])('in %s', (folder, files) => {
		expect(entries(folder)).toEqual([...files].sort());
	});

	it('among the records', () => expect(Object.keys(records)).toEqual(ids));

	const plan = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
	it.each(['nodes', 'test'])('in %s without being named in CONTRIBUTING.md', (folder) => {
		const others = entries(folder).filter((one) => !own.includes(one));
		expect(others.filter((one) => !plan.includes(`${folder}/${one}`))).toEqual([]);
	});
});

describe('package.json lists', () => {
	const { nodes, credentials } = packageJson.n8n;

	it('all nodes, by the alphabet', () => {
		const found = entries('nodes').filter((name) =>
			existsSync(join(ROOT, `nodes/${name}/${name}.node.ts`)),
		);
		expect(nodes).toEqual(found.map((name) => `dist/nodes/${name}/${name}.node.js`));
	});

	it('all credentials, by the alphabet', () => {
		const found = entries('credentials').map((file) => basename(file, '.ts'));
		expect(credentials).toEqual(found.map((name) => `dist/credentials/${name}.js`));
	});
});

/** Files that must name every platform. */
const LISTS = [
	'nodes/platforms.ts',
	'test/platforms/index.ts',
	'package.json',
	'README.md',
	'CHANGELOG.md',
	'.github/ISSUE_TEMPLATE/failure.yml',
	'examples/crosspost-demo.json',
];

/** Files that may name some platforms but not all, and why. */
const EXAMPLES: ReadonlyArray<readonly [where: RegExp, why: string]> = [
	[/^(nodes|test)\/Meta\/|^test\/sandbox\/graph\//, 'what the brands of Meta share'],
	[/^test\/pds\/|^scripts\/local\/(pds|heavy|demoAccounts|start)/, 'the real Bluesky server'],
	[/^test\/sandbox\/saved\//, 'what a published version did'],
	[/^test\/sandbox\/(kit|nodes\/(crosspost|trigger))\.test/, 'an example of a platform'],
	[/^test\/sandbox\/kit\/crawler/, 'the name that Meta’s crawler gives itself'],
	[/^test\/specs\//, 'vendors’ descriptions, where there are any'],
	[/^test\/(Crosspost|CrosspostTrigger|shared|fuzz|packed|e2e)\//, 'an example of a platform'],
	[/^test\/contract\.\w+\.test\.ts$|^test\/tables/, 'what one alone does'],
	[/^(examples|bench)\/|^(CONTRIBUTING|SECURITY)\.md$/, 'an example of a platform'],
	[/^nodes\/Crosspost\/Crosspost\.node\.json$/, 'what people search for'],
];

/** The largest number of platforms that an example may name. */
const FEW = 6;

const SEARCHED = ['.github', 'bench', 'credentials', 'examples', 'nodes', 'scripts', 'test'];
const files = [
	...SEARCHED.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			join(folder, file),
		),
	),
	...entries('.').filter((file) => /^(?!package-lock)[\w.]+\.(js|json|md)$/.test(file)),
].filter((file) => /\.(ts|m?js|json|ya?ml|md)$/.test(file) && !file.includes('node_modules'));

const isOwn = ({ id, Name }: Known, file: string) =>
	new RegExp(
		[
			`^(nodes|test)/${Name}/`,
			`^credentials/Crosspost${Name}(?=[A-Z])`,
			`^test/platforms/${id}\\.ts`,
			`^test/(specs|sandbox(/nodes)?)/${id}(?![a-z])`,
		].join('|'),
	).test(file);

/** Common words; they count only in a path or a type name. */
const COMMON = ['x', 'threads'];

function nameOf({ id, Name }: Known): RegExp {
	const inPath = `[cC]rosspost${Name}(?=[A-Z])|(?<!/)/(${Name}|${id})(/|['.])`;
	return COMMON.includes(id) ? new RegExp(inPath) : new RegExp(id, 'i');
}

const withoutComments = (text: string) =>
	text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

function names(platform: Known, file: string): boolean {
	const text = readFileSync(join(ROOT, file), 'utf8');
	return nameOf(platform).test(/\.(ts|m?js)$/.test(file) ? withoutComments(text) : text);
}

const common = files.filter(
	(file) => !LISTS.includes(file) && !all.some((platform) => isOwn(platform, file)),
);

it.each(all.map((one) => [one.name, one] as const))(
	'no file names %s but those of platforms, the lists and examples',
	(_name, platform) => {
		const isExample = (file: string) => EXAMPLES.some(([where]) => where.test(file));
		const found = common.filter((file) => !isExample(file) && names(platform, file));
		expect(found).toEqual([]);
	},
);

it('an example names a few platforms, and is no list of them all', () => {
	// Data of published versions, and tests of functions and fields that only some platforms have.
	const isMore = /^test\/(sandbox\/saved\/|fuzz\/addresses|shared\/connection\/emptyField)/;
	const long = common.filter(
		(file) => all.filter((platform) => names(platform, file)).length > FEW && !isMore.test(file),
	);
	expect(long).toEqual([]);
});

it.each(LISTS)('%s names every platform', (file) => {
	const text = readFileSync(join(ROOT, file), 'utf8').toLowerCase();
	expect(all.filter(({ id }) => !text.includes(id.toLowerCase()))).toEqual([]);
});
