import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { platforms } from '../nodes/platforms';
import { bounds } from '../nodes/shared/bounds';
import { describe as describeNode, optionsOf } from '../nodes/shared/editor/describe';
import { pagesOf } from '../scripts/build/tables';

const pages = pagesOf({ bounds, platforms, describe: describeNode, optionsOf });

/** After a change of a definition run `npm run tables`. */
describe('The tables', () => {
	it('stand in the README and on a page for every platform', () => {
		const files = pages.map(({ file }) => file);
		expect(files).toEqual([
			'README.md',
			'docs/bounds.md',
			...platforms.map(({ id }) => `docs/platforms/${id}.md`),
		]);
	});

	it.each(pages)('of $file say what the definitions say', ({ file, write }) => {
		const text = readFileSync(join(__dirname, '..', file), 'utf8');
		expect(text).toBe(write(text));
	});
});
