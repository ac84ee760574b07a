import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { platforms } from '../nodes/platforms';

/** The core must not name a platform: rules for a single one belong in its definition. */
const ROOT = join(__dirname, '../nodes');
const CORE = ['shared', 'Crosspost', 'CrosspostTrigger'];

/** Files that may name platforms: the list of platforms, and bundled packages. */
const MAY = /shared\/(platforms\.ts|vendor\/)/;

/** Common words; they count only as a whole text, or in the exact spelling of the name. */
const COMMON = ['x', 'threads'];

const files = CORE.flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
		join(folder, file),
	),
).filter((file) => file.endsWith('.ts') && !MAY.test(file));

const names = platforms.flatMap(({ id, name }) => [id, name]);
const strange = names.filter((name) => !COMMON.includes(name.toLowerCase()));
const anywhere = new RegExp(
	[...strange, ...strange.map((name) => name.split(' ')[0])].join('|'),
	'i',
);
const written = new RegExp(`^(${COMMON.join('|')})$|\\b(X|Threads)\\b`);

/** Returns the parts of a piece of code that name a platform; ignores comments. */
function named(code: string): string[] {
	const found: string[] = [];
	const look = (node: ts.Node) => {
		const text = ts.isIdentifier(node) || ts.isLiteralExpression(node) ? node.text : '';
		const piece = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
		const words = text || (piece ? node.text : '');
		if (anywhere.test(words) || (!ts.isIdentifier(node) && written.test(words))) found.push(words);
		ts.forEachChild(node, look);
	};
	look(ts.createSourceFile('core.ts', code, ts.ScriptTarget.ESNext));
	return found;
}

it.each(files)('%s names no platform', (file) => {
	expect(named(readFileSync(join(ROOT, file), 'utf8'))).toEqual([]);
});

it.each([
	"if (platform.id === 'x') wait();",
	"if (['threads', 'a'].includes(id)) wait();",
	'const text = `${n} on Threads`;',
	'if (/^tiktok/.test(id)) wait();',
	"import { open } from '../Bluesky/session';",
	'const isLinkedIn = true;',
	'const said = "Facebook is down";',
])('a name is seen in %s', (code) => {
	expect(named(code)).toHaveLength(1);
});

it('neither a comment nor another word is a name', () => {
	const code = "// Threads\nif (platform.threads) at('x,y', 'x-rate-limit', 'a thread'); /* X */";
	expect(named(code)).toEqual([]);
});
