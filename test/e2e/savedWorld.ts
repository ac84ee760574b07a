import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packTarball } from '../../scripts/build/pack.mjs';
import { ROOT } from '../../scripts/build/packages.mjs';
import { PUBLIC_URL } from '../../scripts/local/demoAccounts.mjs';
import { ensureHeavy } from '../../scripts/local/heavy.mjs';
import { installPack, startN8n } from '../../scripts/local/n8n.mjs';
import { signIn, type Session } from '../../scripts/local/n8nClient.mjs';
import { freePorts } from '../../scripts/local/processes.mjs';
import { WEB } from '../sandbox/saved/plan/values';
import { headersOf, PAGES, type Crawl } from '../sandbox/saved/worlds/files';
import { importCredentials, type StoredCredential } from './stored';

/** A real n8n with the pack, and the web servers that saved workflows name. */
export interface SavedWorld {
	session: Session;
	crawl: Crawl;
	/** Stores connected credentials in n8n. */
	connect(credentials: StoredCredential[]): Promise<void>;
	stop(): Promise<void>;
}

export async function startSavedWorld(): Promise<SavedWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'crosspost-saved-'));
	const userFolder = join(folder, 'n8n');
	const heavy = await ensureHeavy();
	const tarball = await packTarball(join(ROOT, '.cache/pack'), () => undefined);
	await installPack({ userFolder, tarball });
	const web = await openWeb();
	const [port] = await freePorts(1);
	const setup = {
		heavy,
		userFolder,
		env: {
			WEBHOOK_URL: PUBLIC_URL,
			N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.0/8',
			NODE_OPTIONS: `--require "${join(__dirname, 'web.cjs')}"`,
			CROSSPOST_WEB_HOST: new URL(WEB).host,
			CROSSPOST_WEB_PORT: String(web.port),
		},
	};
	const n8n = await startN8n({ ...setup, logFile: join(folder, 'n8n.log'), port });
	return {
		session: await signIn(n8n.url),
		crawl: { [`${WEB}/`]: `http://127.0.0.1:${web.port}/`, [PUBLIC_URL]: `${n8n.url}/` },
		connect: async (credentials) => await importCredentials(setup, folder, credentials),
		stop: async () => {
			await n8n.stop();
			web.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function openWeb() {
	const server = createServer(({ url = '' }, response) => {
		const { pathname } = new URL(url, WEB);
		const page = PAGES[pathname];
		if (page) response.writeHead(200, headersOf(pathname, page)).end(page);
		else response.writeHead(404).end();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
