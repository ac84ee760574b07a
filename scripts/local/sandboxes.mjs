/** Loads the platforms' local imitations, which are TypeScript, without a build of their own. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../build/packages.mjs';

/** @returns {Promise<{ startSandbox(name: string, options?: object): Promise<any> }>} */
export async function loadSandboxes(folder) {
	const { build } = await import('esbuild');
	const outfile = join(folder, 'sandboxes.mjs');
	await mkdir(folder, { recursive: true });
	await build({
		entryPoints: [join(ROOT, 'test/sandbox/index.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		logLevel: 'warning',
		// Bundled CommonJS packages ask for Node's own modules by require.
		banner: {
			js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
		},
	});
	return await import(`${pathToFileURL(outfile)}?at=${Date.now()}`);
}
