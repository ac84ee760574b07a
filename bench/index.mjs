/** `npm run bench`: every measurement in one run, as a table for the README. */
import { stopAll } from '../scripts/local/processes.mjs';
import { compiled } from './compiled.mjs';
import { videos } from './videos.mjs';

const { crosspost } = compiled('crosspost');
const { linkCard } = compiled('linkCard');

try {
	/** @type {import('./row').Row[]} */
	const rows = [await linkCard(), ...(await videos()), await crosspost()];
	const lines = rows.map(
		({ name, figures, wanted, passed }) =>
			`| ${name} | ${figures} | ${wanted} | ${passed ? 'yes' : 'no'} |`,
	);
	const head = ['| What | Measured | Wanted | Met |', '| --- | --- | --- | --- |'];
	process.stdout.write([...head, ...lines, ''].join('\n'));
	process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
} finally {
	await stopAll();
}
process.exit();
