import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import {
	allExecutions,
	runWorkflow,
	saveWorkflow,
	type Session,
} from '../../scripts/local/n8nClient.mjs';
import type { Sandbox } from '../sandbox';
import type { StoredCredential } from './stored';

interface Searched {
	session: Session;
	logs: string[];
	stored: StoredCredential[];
	sandboxes: Record<string, Sandbox<unknown>>;
	setup: { userFolder: string };
	queue?: { dump(): Promise<string> };
}

/** The token with which n8n signs URLs of files for others. */
const SIGNED = /binary-data\/signed\?token=[\w.-]+/;
const SECRET_NAME = /token|secret|password|jwt/i;

/**
 * Searches for secrets of this run in executions as n8n returns them, in its database and in its
 * logs. It must find planted secrets first; otherwise the search itself is broken.
 */
export async function leaks(searched: Searched): Promise<string[]> {
	const canary = `canary-${Math.random().toString(36).slice(2)}`;
	await plant(searched, canary);
	const places = await placesOf(searched);
	const blind = ['n8n-1.log', 'database', 'execution'].filter(
		(kind) => !places.some(({ name, text }) => name.startsWith(kind) && text.includes(canary)),
	);
	if (blind.length > 0) throw new Error(`A planted secret was not found in: ${blind.join(', ')}`);
	const secrets = secretsOf(searched);
	return places.flatMap(({ name, text }) => [
		...secrets.filter(({ value }) => text.includes(value)).map(({ what }) => `${what} in ${name}`),
		...(SIGNED.test(text) ? [`a signed URL in ${name}`] : []),
	]);
}

/** Writes a secret into a log and an execution, and thereby into the database. */
async function plant({ session, logs: [log] }: Searched, canary: string) {
	await appendFile(log, `${canary}\n`);
	const trigger = {
		id: 'canary',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const set = {
		id: 'set',
		name: 'Set',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [200, 0],
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ canary }) },
	};
	const connections = { Start: { main: [[{ node: 'Set', type: 'main', index: 0 }]] } };
	const workflow = await saveWorkflow(session, {
		name: 'Canary',
		nodes: [trigger, set],
		connections,
	});
	await runWorkflow(session, workflow, { destination: 'Set' });
}

async function placesOf({ session, logs, setup, queue }: Searched) {
	const places: Array<{ name: string; text: string }> = [];
	for (const log of logs) {
		places.push({ name: log.split('/').at(-1) as string, text: await readFile(log, 'utf8') });
	}
	for await (const { id, data } of allExecutions(session)) {
		places.push({ name: `execution ${id}`, text: String(data) });
	}
	const files = ['database.sqlite', 'database.sqlite-wal'];
	for (const file of queue ? [] : files) {
		const path = join(setup.userFolder, '.n8n', file);
		places.push({ name: file, text: await readFile(path, 'latin1').catch(() => '') });
	}
	if (queue) places.push({ name: 'database dump', text: await queue.dump() });
	return places;
}

function secretsOf({ stored, sandboxes }: Searched) {
	const issued = Object.entries(sandboxes).flatMap(([name, sandbox]) =>
		sandbox.secrets().map((value) => ({ what: `a token of ${name}`, value })),
	);
	const kept = stored.flatMap(({ name, data }) =>
		strings(data).map((value) => ({ what: `a secret of ${name}`, value })),
	);
	return [...issued, ...kept].filter(({ value }) => value.length >= 8);
}

/** Returns texts whose key, or the key of an object around them, suggests a secret. */
function strings(data: IDataObject, inSecrets = false): string[] {
	return Object.entries(data).flatMap(([name, value]) => {
		const secret = inSecrets || name === 'secrets' || SECRET_NAME.test(name);
		const nested = value !== null && typeof value === 'object';
		if (nested) return strings(value as IDataObject, name === 'secrets');
		return secret && typeof value === 'string' && !/^https?:/.test(value) ? [value] : [];
	});
}
