import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const NODES = join(__dirname, '../nodes');

/** The rooms of the core that each room may import, as drawn in docs/architecture.md. */
const CORE: Readonly<Record<string, readonly string[]>> = {
	contract: [],
	vendor: [],
	errors: ['contract'],
	text: ['contract', 'vendor'],
	http: ['contract', 'errors'],
	media: ['contract', 'errors', 'http', 'vendor'],
	connection: ['contract', 'errors', 'http'],
	editor: ['contract', 'errors', 'http', 'connection'],
	publish: ['contract', 'errors', 'text', 'http', 'media', 'connection', 'editor'],
};

const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
	.map((name) => name.replace(/\.ts$/, ''));

/** The files of the pack that a file imports, including types and dynamic imports. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(NODES, `${file}.ts`), 'utf8');
	const found = [...text.matchAll(/(?:from |import\(|import )'(\.[^']*)'/g)].map(([, path]) =>
		relative(NODES, join(NODES, dirname(file), path)),
	);
	return found.map((path) => (files.includes(path) ? path : join(path, 'index')));
}

const arrows = new Map(files.map((file) => [file, importsOf(file)]));

/** `shared/http/send` -> `http`; files directly in `shared` have no room. */
function roomOf(file: string): string {
	const [top, room, ...rest] = file.split('/');
	return top !== 'shared' ? top : rest.length > 0 ? room : 'hall';
}

/** Files directly in `shared`: tools used everywhere, and the one file that uses all rooms. */
const TOOLS = ['bounds', 'mended', 'parameter', 'units', 'without'].map((tool) => `shared/${tool}`);

function isAllowed(from: string, to: string): boolean {
	const [here, there] = [roomOf(from), roomOf(to)];
	if (here === there || TOOLS.includes(to)) return true;
	if (TOOLS.includes(from)) return false;
	if (here in CORE) return CORE[here].includes(there);
	if (from === 'shared/run') return there in CORE;
	if (from === 'platforms') return there !== 'Crosspost' && there !== 'CrosspostTrigger';
	const isCommon = there in CORE || there === 'hall';
	if (here === 'Meta') return isCommon;
	if (here === 'Crosspost' || here === 'CrosspostTrigger') return isCommon || to === 'platforms';
	return isCommon || there === 'Meta';
}

describe('The rooms', () => {
	it('are imported by those alone that stand above them', () => {
		const upward = [...arrows].flatMap(([from, all]) =>
			all.filter((to) => !isAllowed(from, to)).map((to) => `${from} -> ${to}`),
		);
		expect(upward).toEqual([]);
	});

	it('have no circle of imports', () => {
		const circles: string[] = [];
		const seen = new Set<string>();
		const visit = (file: string, path: string[]) => {
			if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
			if (seen.has(file)) return;
			seen.add(file);
			for (const next of arrows.get(file) ?? []) visit(next, [...path, file]);
		};
		for (const file of files) visit(file, []);
		expect(circles).toEqual([]);
	});

	it('leave at most six files outside of them', () => {
		expect(files.filter((file) => roomOf(file) === 'hall').length).toBeLessThanOrEqual(6);
	});

	it('are looked at as they are', () => {
		expect(arrows.get('shared/run')).toContain('shared/publish/deliver');
		expect(arrows.size).toBeGreaterThan(150);
	});
});
