import type { IDataObject } from 'n8n-workflow';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	blueskyAccount,
	overwritesOf,
	PUBLIC_URL,
	startBlueskyServices,
	startImitations,
} from '../../scripts/local/demoAccounts.mjs';
import { connectAccounts } from '../../scripts/local/demoRun.mjs';
import { ensureHeavy } from '../../scripts/local/heavy.mjs';
import { installPack, startN8n } from '../../scripts/local/n8n.mjs';
import { signIn } from '../../scripts/local/n8nClient.mjs';
import { packTarball } from '../../scripts/build/pack.mjs';
import { ROOT } from '../../scripts/build/packages.mjs';
import { startPds } from '../../scripts/local/pds.mjs';
import { freePorts } from '../../scripts/local/processes.mjs';
import { startQueue } from '../../scripts/local/queue.mjs';
import { records } from '../platforms';
import { startSandbox, type Sandbox } from '../sandbox';
import { flowOf, type Named, type NodeSetup } from './flow';
import { leaks } from './leaks';
import { exportCredentials, importCredentials, type StoredCredential } from './stored';

/** A real n8n with the pack installed as a user installs it, and a server for each platform. */
export type World = Awaited<ReturnType<typeof startWorld>>;

export interface WorldOptions {
	/** n8n in queue mode: PostgreSQL, Redis, a main process and this many workers. */
	queue?: { programs: { postgres: string; redis: string }; workers: number };
}

type StartSandbox = (name: string, options?: object) => Promise<unknown>;
type N8n = Awaited<ReturnType<typeof startN8n>>;

interface Imitated {
	platform: string;
	sandbox: Sandbox<{ posts: Array<{ text: string; [more: string]: unknown }> }>;
}

export async function startWorld({ queue: wanted }: WorldOptions = {}) {
	const folder = await mkdtemp(join(tmpdir(), 'crosspost-e2e-'));
	const userFolder = join(folder, 'n8n');
	const heavy = await ensureHeavy();
	const tarball = await packTarball(join(ROOT, '.cache/pack'), () => undefined);
	const [port] = await freePorts(1);
	const from = { startSandbox: startSandbox as StartSandbox, records };
	const imitated = await startImitations({
		n8nUrl: `http://127.0.0.1:${port}`,
		sandboxes: from,
		options: { instagram: { facebook: { client: metaApp(port) } } },
	});
	const pds = await startPds({ heavy });
	const beside = await startBlueskyServices({ pdsUrl: pds.url, sandboxes: from });
	await installPack({ userFolder, tarball });
	const queue = wanted && (await startQueue(wanted.programs));
	const setup = {
		heavy,
		userFolder,
		credentialOverwrites: overwritesOf([beside, ...imitated]),
		env: {
			WEBHOOK_URL: PUBLIC_URL,
			// A picture from n8n itself replaces one from the internet.
			N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.0/8',
			...queue?.env,
		},
	};
	const logs: string[] = [];
	const start = async (role: 'start' | 'worker', more: { port?: number } = {}) => {
		const logFile = join(folder, `n8n-${logs.length + 1}.log`);
		logs.push(logFile);
		return await startN8n({ ...setup, role, logFile, ...more });
	};
	const startAll = async (): Promise<N8n[]> => {
		const main = await start('start', { port });
		const workers = Array.from({ length: wanted?.workers ?? 0 });
		return [main, ...(await Promise.all(workers.map(async () => await start('worker'))))];
	};
	const stopN8n = async () => void (await Promise.all(running.map((one) => one.stop())));
	const mend = async (type: string, change: (data: StoredCredential['data']) => void) => {
		const one = (await stored()).find((credential) => credential.type === type);
		if (!one) return;
		change(one.data);
		await importCredentials(setup, folder, [one]);
	};

	let running = await startAll();
	let session = await signIn(running[0].url);
	const accounts = [await blueskyAccount(pds), ...imitated];
	const sandboxes = sandboxesOf(imitated as unknown as Imitated[]);
	const credentials = (await connectAccounts(session, accounts)) as Record<string, Named>;
	const stored = async () => await exportCredentials(setup, folder);
	return {
		get session() {
			return session;
		},
		heavy,
		pds,
		sandboxes,
		credentials,
		accounts,
		blueskyHandle: String(accounts[0].credential.data.identifier),
		flow: async (name: string, nodes: NodeSetup[], settings?: IDataObject) =>
			await flowOf(() => session, credentials, name, nodes, settings),
		/** Returns what n8n has stored for a credential type, decrypted. */
		stored: async (type: string) => (await stored()).find((one) => one.type === type),
		/** Stops n8n, changes a stored credential as n8n's own import does, and starts it again. */
		restart: async (type?: string, change?: (data: StoredCredential['data']) => void) => {
			await stopN8n();
			if (type && change) await mend(type, change);
			running = await startAll();
			session = await signIn(running[0].url);
		},
		/** Ends n8n by kill -9, as lack of memory or a power cut would; `restart` starts it again. */
		kill: async () => void (await Promise.all(running.map((one) => one.kill()))),
		/**
		 * Returns the places where a secret of this run can be read; expects to find planted ones
		 * first.
		 */
		leaks: async () =>
			await leaks({ session, logs, stored: await stored(), sandboxes, setup, queue }),
		stop: async () => {
			await stopN8n();
			const imitations = Object.values(sandboxes);
			await Promise.all([...imitations, beside, pds].map((server) => server.stop()));
			await queue?.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The app for Facebook Login, which connects Instagram through a Page. */
export function metaApp(port: number | string) {
	const redirectUris = [`http://127.0.0.1:${port}/rest/oauth2-credential/callback`];
	return { id: 'meta-demo', secret: 'meta-demo-secret', redirectUris };
}

function sandboxesOf(imitated: Imitated[]) {
	return Object.fromEntries(imitated.map(({ platform, sandbox }) => [platform, sandbox]));
}
