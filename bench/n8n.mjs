/** A real n8n with the pack and connected accounts, and what its process takes in memory. */
import { readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { overwritesOf } from '../scripts/local/demoAccounts.mjs';
import { connectAccounts } from '../scripts/local/demoRun.mjs';
import { installPack, startN8n } from '../scripts/local/n8n.mjs';
import { signIn } from '../scripts/local/n8nClient.mjs';
import { packTarball } from '../scripts/build/pack.mjs';
import { ROOT } from '../scripts/build/packages.mjs';

export async function startN8nWith({ heavy, folder, port, accounts, say }) {
	const tarball = await packTarball(join(ROOT, '.cache/pack'), say);
	const userFolder = join(folder, 'n8n');
	await installPack({ userFolder, tarball });
	const n8n = await startN8n({
		heavy,
		port,
		userFolder,
		logFile: join(folder, 'n8n.log'),
		credentialOverwrites: overwritesOf(accounts),
	});
	const session = await signIn(n8n.url);
	const credentials = await connectAccounts(session, accounts);
	return { session, credentials, pid: await pidOf(heavy, userFolder), stop: n8n.stop };
}

/** Of all processes the one that runs n8n in this folder. */
async function pidOf(heavy, userFolder) {
	for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
		const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
		if (command.split('\0')[1] === heavy.n8n && folder === userFolder) return pid;
	}
	throw new Error('n8n is not among the processes');
}

/** Bytes of memory now, and the most there were since `forgetPeak`. */
export async function memoryOf(pid) {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const bytes = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) * 1024;
	return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

export async function forgetPeak(pid) {
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}
