/** Loads the platforms' local imitations, which are TypeScript, without a separate build. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../build/packages.mjs';

/**
 * @typedef {{
 *   startSandbox(name: string, options?: object): Promise<any>,
 *   records: Readonly<Record<string, { account?: any }>>,
 * }} Sandboxes `records`: the facts in test/platforms
 * @returns {Promise<Sandboxes>}
 */
export async function loadSandboxes(folder) {
	const { build } = await import('esbuild');
	const outfile = join(folder, 'sandboxes.mjs');
	await mkdir(folder, { recursive: true });
	await build({
		stdin: {
			contents: "export * from './test/sandbox'; export * from './test/platforms';",
			resolveDir: ROOT,
			loader: 'ts',
		},
		outfile,
		bundle: true,
		alias: { '@': ROOT },
		platform: 'node',
		format: 'esm',
		target: 'node20',
		logLevel: 'warning',
		// Bundled CommonJS packages load Node's own modules by require.
		banner: {
			js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
		},
	});
	return await import(`${pathToFileURL(outfile)}?at=${Date.now()}`);
}
