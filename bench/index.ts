import { crosspost } from './crosspost';
import { xVideo } from './xVideo';

/** `npm run bench`: every measurement in one run, as a table for the README. */
async function main() {
	const rows = [await xVideo(), await crosspost()];
	const lines = rows.map(
		({ name, figures, wanted, passed }) =>
			`| ${name} | ${figures} | ${wanted} | ${passed ? 'yes' : 'no'} |`,
	);
	const head = ['| What | Measured | Wanted | Met |', '| --- | --- | --- | --- |'];
	process.stdout.write([...head, ...lines, ''].join('\n'));
	process.exit(rows.every(({ passed }) => passed) ? 0 : 1);
}

void main();
