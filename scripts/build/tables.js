/** Writes the tables of the README and of docs/platforms from the definitions of the platforms. */

const { mediaTable, mediaWords, mixedWords, textWords } = require('./limitWords.js');

/**
 * The pages with tables. `write(text)` returns the page's text with the content between its markers
 * replaced.
 *
 * @param {{ platforms: readonly object[], bounds: object, describe: Function, optionsOf: Function }} pack from
 *     nodes/platforms, nodes/shared/bounds and nodes/shared/editor/describe
 */
function pagesOf(pack) {
	const { bounds, platforms } = pack;
	return [
		{ file: 'README.md', write: (text) => region(text, 'platforms', overview(pack)) },
		{ file: 'docs/bounds.md', write: (text) => region(text, 'bounds', boundTable(bounds)) },
		...platforms.map((platform) => ({
			file: `docs/platforms/${platform.id}.md`,
			write: (text) => platformPage(text, platform, pack),
		})),
	];
}

function platformPage(text, platform, pack) {
	const tables = {
		scopes: scopeTable(platform),
		limits: limitTables(platform),
		options: optionTable(pack.optionsOf(platform)),
		operations: operationTable(platform, pack),
	};
	return Object.entries(tables).reduce(
		(page, [name, content]) => (content ? region(page, name, content) : page),
		text,
	);
}

/** One row for each platform: what can be posted, and the other operations. */
function overview(pack) {
	const rows = pack.platforms.map((platform) => [
		`[${platform.name}](docs/platforms/${platform.id}.md)`,
		textWords(platform.limits.text),
		mediaWords(platform.limits),
		operationWords(operationsOf(platform, pack)),
	]);
	return table(['Platform', 'Text', 'Media in one post', 'Operations'], rows);
}

function operationWords(operations) {
	const resources = [...new Set(operations.map(({ resource }) => resource))];
	return resources
		.map((resource) => {
			const names = operations.filter((one) => one.resource === resource).map(({ name }) => name);
			return `**${titleOf(resource)}**: ${names.join(', ')}`;
		})
		.join('<br>');
}

function boundTable(bounds) {
	const rows = Object.values(bounds).map(({ most, unit, of }) => [of, boundWords(most, unit)]);
	return table(['What', 'At most'], rows);
}

/** Words a bound in the largest unit that gives a whole number. */
function boundWords(most, unit) {
	const units = UNITS[unit] ?? [[1, '']];
	const [size, name] = units.find(([one]) => most % one === 0);
	return `${(most / size).toLocaleString('en')} ${name}`.trim();
}

const BYTES = [
	[1024 ** 2, 'MiB'],
	[1024, 'KiB'],
	[1, 'bytes'],
];
const UNITS = {
	ms: [
		[3_600_000, 'h'],
		[60_000, 'min'],
		[1000, 's'],
		[1, 'ms'],
	],
	bytes: BYTES,
	characters: [[1, 'characters']],
	pages: [[1, 'pages']],
	'times per second': [[1, 'times per second']],
	'bytes per second': BYTES.map(([size, name]) => [size, `${name} per second`]),
};

/** Auth methods with different scopes have separate rows. */
function scopeTable({ credentials }) {
	const words = (list) => list.map((scope) => `\`${scope}\``).join(' ');
	const ways = credentials.filter(
		({ scopes }, at) => scopes && credentials.findIndex((one) => one.scopes === scopes) === at,
	);
	const rows = ways.flatMap(({ name, scopes }) => {
		const way = ways.length > 1 ? `, with ${name}` : '';
		return [
			[`Always${way}`, words(scopes.write)],
			[`On request${way}`, words(scopes.extended)],
		];
	});
	return rows.length > 0 ? table(['Asked for', 'Scopes'], rows) : undefined;
}

function limitTables({ limits }) {
	const together = limits.mixed
		? `Kinds may stand together: ${mixedWords(limits.mixed)}.`
		: 'One post has media of one kind only.';
	return [`Text: ${textWords(limits.text)}.`, table(...mediaTable(limits)), together].join('\n\n');
}

function optionTable(options) {
	const rows = options.map(({ displayName, description = '' }) => [displayName, description]);
	return table(['Option', 'What it does'], rows);
}

function operationTable(platform, pack) {
	const rows = operationsOf(platform, pack).map(({ resource, name, description, scope }) => [
		titleOf(resource),
		name,
		scope ? `${description} (needs \`${scope}\`)` : description,
	]);
	return table(['Resource', 'Operation', 'What it does'], rows);
}

/** Lists the operations as the node shows them, with the scope that one needs beyond publishing. */
function operationsOf(platform, { describe }) {
	const { properties } = describe(platform);
	const fields = properties.filter(({ name }) => name === 'operation');
	const scopes = new Map(
		platform.operations.map(({ resource, operation, scope }) => [
			`${resource}:${operation}`,
			scope,
		]),
	);
	const found = fields.flatMap(({ displayOptions, options }) => {
		const [resource] = displayOptions.show.resource;
		return options.map(({ name, value, description }) => {
			return { resource, name, description, scope: scopes.get(`${resource}:${value}`) };
		});
	});
	// Post comes first, as most readers look for it.
	return found.sort((a, b) => Number(b.resource === 'post') - Number(a.resource === 'post'));
}

/** `scheduledPost` -> `Scheduled Post` */
function titleOf(value) {
	const words = value.replace(/([A-Z])/g, ' $1');
	return words[0].toUpperCase() + words.slice(1);
}

function table(head, rows) {
	const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Returns the text with the content between the markers of that name replaced. */
function region(text, name, content) {
	const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
	const [before, rest] = halves(text, begin);
	const [, after] = halves(rest, end);
	const kept = ['<!-- prettier-ignore-start -->', content, '<!-- prettier-ignore-end -->'];
	return [before + begin, ...kept, end + after].join('\n\n');
}

function halves(text, marker) {
	const at = text.indexOf(marker);
	if (at < 0) throw new Error(`There is no line ${marker}`);
	return [text.slice(0, at), text.slice(at + marker.length)];
}

module.exports = { pagesOf };
