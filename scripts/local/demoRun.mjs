/** The steps of the demo in a running n8n: accounts, workflow, one run and its result. */
import { readFile } from 'node:fs/promises';
import { connectOAuth2, runWorkflow, saveCredential, saveWorkflow } from './n8nClient.mjs';

/** Creates the accounts' credentials in n8n and connects those that need a consent. */
export async function connectAccounts(session, accounts) {
	/** @type {Record<string, { id: string, name: string }>} by type */
	const saved = {};
	for (const { credential, connect } of accounts) {
		saved[credential.type] = await saveCredential(session, credential);
		if (connect) await connectOAuth2(session, saved[credential.type]);
	}
	return saved;
}

/** Imports an example workflow; its nodes get the credentials of their types and the targets. */
export async function importExample(session, file, credentials, accounts = []) {
	const example = JSON.parse(await readFile(file, 'utf8'));
	const nodes = example.nodes.map((node) => ({
		...node,
		...(node.parameters.platforms && {
			parameters: { ...node.parameters, ...targetsOf(accounts) },
		}),
		...(node.credentials && { credentials: chosen(node.credentials, credentials) }),
	}));
	const { name, connections, settings } = example;
	return await saveWorkflow(session, { name, nodes, connections, settings });
}

/** Targets in the form in which the editor stores a choice from a list. */
export function targetsOf(accounts) {
	const some = accounts.filter(({ target }) => target);
	return Object.fromEntries(
		some.map(({ platform, target }) => [
			`${platform}Target`,
			{ __rl: true, mode: 'id', value: target },
		]),
	);
}

function chosen(wanted, credentials) {
	return Object.fromEntries(
		Object.entries(wanted).map(([type, old]) => [type, credentials[type] ?? old]),
	);
}

/** Runs the workflow; returns the items of all nodes that are published posts or failures. */
export async function publishOnce(session, workflow) {
	const execution = await runWorkflow(session, workflow);
	const items = Object.values(execution.data.resultData.runData)
		.flatMap((runs) => runs.at(-1).data?.main ?? [])
		.flatMap((output) => output ?? [])
		.map(({ json }) => json);
	const posts = items.filter(({ platform, id }) => platform && id);
	const failures = items.filter(({ error }) => error).map(({ error }) => error);
	const broken = execution.data.resultData.error;
	return { posts, failures: broken ? [...failures, broken] : failures };
}
