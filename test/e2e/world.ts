import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import {
	blueskyAccount,
	overwritesOf,
	PUBLIC_URL,
	startBlueskyServices,
	startImitations,
} from '../../scripts/demoAccounts.mjs';
import { connectAccounts } from '../../scripts/demoRun.mjs';
import { ensureHeavy } from '../../scripts/heavy.mjs';
import { installPack, startN8n } from '../../scripts/n8n.mjs';
import { activate, callWebhook, saveWorkflow, signIn } from '../../scripts/n8nClient.mjs';
import { packTarball } from '../../scripts/pack.mjs';
import { ROOT } from '../../scripts/packages.mjs';
import { startPds } from '../../scripts/pds.mjs';
import { freePorts } from '../../scripts/processes.mjs';
import { startSandbox, type Sandbox } from '../sandbox';

/** A real n8n with the pack as a user installs it, and a server to post to for each platform. */
export type World = Awaited<ReturnType<typeof startWorld>>;

interface Named {
	id: string;
	name: string;
}

export interface NodeSetup {
	type: string;
	parameters?: IDataObject;
	/** Whatever else n8n keeps of a node, such as `retryOnFail`. */
	settings?: IDataObject;
}

/** Item after item into the nodes, which stand in a row behind a webhook. */
export interface Flow {
	run(json?: IDataObject, files?: Record<string, FileSetup>): Promise<Execution>;
}

export interface FileSetup {
	name: string;
	type: string;
	bytes: Uint8Array;
}

export interface Execution {
	id: string;
	status: string;
	data: IDataObject;
}

type StartSandbox = (name: string, options?: object) => Promise<unknown>;

export async function startWorld() {
	const folder = await mkdtemp(join(tmpdir(), 'crosspost-e2e-'));
	const heavy = await ensureHeavy();
	const tarball = await packTarball(join(ROOT, '.cache/pack'), () => undefined);
	const [port] = await freePorts(1);
	const url = `http://127.0.0.1:${port}`;
	const from = { startSandbox: startSandbox as StartSandbox };
	const imitated = await startImitations({ n8nUrl: url, sandboxes: from });
	const pds = await startPds({ heavy });
	const beside = await startBlueskyServices({ pdsUrl: pds.url, sandboxes: from });
	const userFolder = join(folder, 'n8n');
	await installPack({ userFolder, tarball });
	const n8n = await startN8n({
		heavy,
		userFolder,
		logFile: join(folder, 'n8n.log'),
		port,
		credentialOverwrites: overwritesOf([beside, ...imitated]),
		env: { WEBHOOK_URL: PUBLIC_URL },
	});
	const session = await signIn(n8n.url);
	const accounts = [await blueskyAccount(pds), ...imitated];
	const sandboxes = sandboxesOf(imitated as unknown as Imitated[]);
	const credentials = (await connectAccounts(session, accounts)) as Record<string, Named>;
	return {
		session,
		heavy,
		pds,
		sandboxes,
		credentials,
		blueskyHandle: String(accounts[0].credential.data.identifier),
		flow: async (name: string, nodes: NodeSetup[]) =>
			await flowOf(session, credentials, name, nodes),
		stop: async () => {
			await n8n.stop();
			const imitations = Object.values(sandboxes);
			await Promise.all([...imitations, beside, pds].map((server) => server.stop()));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

interface Imitated {
	platform: string;
	sandbox: Sandbox<{ posts: IDataObject[] }>;
}

function sandboxesOf(imitated: Imitated[]) {
	return Object.fromEntries(imitated.map(({ platform, sandbox }) => [platform, sandbox]));
}

async function flowOf(
	session: unknown,
	credentials: Record<string, Named>,
	name: string,
	setups: NodeSetup[],
): Promise<Flow> {
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: name,
		parameters: { path: name, httpMethod: 'POST', options: {} },
	};
	const nodes = setups.map(({ type, parameters = {}, settings = {} }, index) => ({
		id: `node${index}`,
		name: `Node ${index + 1}`,
		type,
		typeVersion: 1,
		position: [220 * (index + 1), 0],
		parameters,
		// A node takes of these the types that it knows.
		credentials,
		...settings,
	}));
	const all = [webhook, ...nodes];
	const connections = Object.fromEntries(
		all
			.slice(0, -1)
			.map((node, index) => [
				node.name,
				{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
			]),
	);
	const workflow = await saveWorkflow(session, { name, nodes: all, connections });
	await activate(session, workflow);
	return { run: async (json, files) => await callWebhook(session, workflow, name, json, files) };
}
