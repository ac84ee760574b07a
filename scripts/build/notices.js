/** The licence notices of the packages whose code is bundled into the published files. */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const TEXTS = /^(licen[cs]e|copying|notice)/i;

/**
 * @param {Iterable<string>} files the bundled files, as named by esbuild
 * @returns {string} one section for each package, sorted by name
 */
function noticesOf(files) {
	const folders = new Set([...files].map((file) => packageOf(resolve(file))).filter(Boolean));
	const sections = [...folders].map(sectionOf).sort((a, b) => (a.name < b.name ? -1 : 1));
	const same = (one, other) => one.name === other.name && one.text === other.text;
	const all = sections.filter((one, at) => sections.findIndex((other) => same(one, other)) === at);
	return `${INTRODUCTION}\n${all.map(({ text }) => text).join('\n')}`;
}

const INTRODUCTION = 'The files of this package hold code of the following packages.\n';

/** Returns the folder of the package that a file belongs to; undefined for our own files. */
function packageOf(file) {
	if (!file.includes('node_modules')) return undefined;
	for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
		const manifest = join(folder, 'package.json');
		// Folders inside a package may also have manifests, but without a version.
		if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) return folder;
	}
	return undefined;
}

function sectionOf(folder) {
	const { name, version, license, author } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const texts = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isFile() && TEXTS.test(entry.name))
		.map((entry) => entry.name);
	if (!license && texts.length === 0) throw new Error(`${name} ${version} has no licence`);
	const by = typeof author === 'object' ? author.name : author;
	const said = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim());
	const parts = [
		`${name} ${version}${license ? ` (${license})` : ''}`,
		...(by ? [`by ${by}`] : []),
		'',
		...said,
	];
	return { name, text: `${'-'.repeat(80)}\n${parts.join('\n')}\n` };
}

module.exports = { noticesOf };
