/**
 * Runs n8n's scanner, which decides on publication, over the sources and over the JavaScript of the
 * packed tarball, including bundled packages.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanner } from './linters.mjs';
import { packTarball } from '../build/pack.mjs';
import { ROOT, ensurePackages } from '../build/packages.mjs';
import { runQuietly } from '../local/processes.mjs';

const SHIPPED = ['**/*.js', 'package.json'];
const say = (line) => process.stderr.write(`${line}\n`);

await ensurePackages(say);
const tarball = await packTarball(join(ROOT, '.cache/pack'), say);
const scratch = await mkdtemp(join(tmpdir(), 'crosspost-scan-'));
try {
	await runQuietly('tar', ['-xzf', tarball, '-C', scratch]);
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await scanner(scratch);
	const scan = async (what, folder, patterns) =>
		report(what, await analyzePackage(folder, patterns));
	await scan('the sources', ROOT, SOURCE_FILE_PATTERNS);
	await scan('the packed tarball', join(scratch, 'package'), SHIPPED);
} finally {
	await rm(scratch, { recursive: true, force: true });
}

/** Reports a scan. A message next to `passed` means that the scanner found no file. */
function report(what, { passed, message, details = '' }) {
	const clean = passed && message === undefined;
	process.stdout.write(clean ? `Clean: ${what}\n` : `${message}: ${what}\n${details}\n`);
	if (!clean) process.exitCode = 1;
}
