/** Drives n8n over the REST API of its editor. */
import { consent } from './consent.mjs';
import { until } from './processes.mjs';

export const OWNER = {
	email: 'demo@crosspost.test',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Crosspost-demo-1',
};

const PATIENCE = { seconds: 120, every: 100 };
const BROWSER_ID = 'crosspost-scripts';
/** Text of n8n's callback page after the token is stored. */
const CONNECTED = 'Connection successful';

/** @typedef {Awaited<ReturnType<typeof signIn>>} Session */

/** Signs in as the owner; creates the owner first if n8n has none. */
export async function signIn(url, owner = OWNER) {
	let cookie = '';
	const send = async (method, path, body) => {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers: {
				'browser-id': BROWSER_ID,
				...(cookie && { cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const fresh = response.headers.getSetCookie().map((one) => one.split(';')[0]);
		if (fresh.length > 0) cookie = fresh.join('; ');
		return await answer(response, `${method} ${path}`);
	};
	const settings = await send('GET', '/settings');
	const { email, password } = owner;
	if (settings.userManagement.showSetupOnFirstLoad) await send('POST', '/owner/setup', owner);
	else await send('POST', '/login', { emailOrLdapLoginId: email, password });
	return { url, owner, send, headers: () => ({ 'browser-id': BROWSER_ID, cookie }) };
}

async function answer(response, what) {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json');
	const body = isJson ? JSON.parse(text) : text;
	if (!response.ok) throw new Error(`n8n, ${what}: ${response.status} ${body.message ?? text}`);
	return isJson && 'data' in body ? body.data : body;
}

/** Creates the credential, or updates the one with this name and type. */
export async function saveCredential(session, { name, type, data }) {
	const known = await session.send('GET', '/credentials');
	const old = known.find((one) => one.name === name && one.type === type);
	const body = { name, type, data };
	const saved = old
		? await session.send('PATCH', `/credentials/${old.id}`, body)
		: await session.send('POST', '/credentials', body);
	return { id: saved.id, name };
}

/**
 * The result of n8n's credential test, as its editor shows it: `{ status: 'OK' | 'Error', message
 * }`.
 */
export async function testCredential(session, { id, name, type, data }) {
	return await session.send('POST', '/credentials/test', { credentials: { id, name, type, data } });
}

/**
 * Presses Connect: n8n's authorize URL, the provider's consent page, and n8n's callback.
 *
 * @param {{ allow?: boolean }} options `allow: false` presses Deny
 */
export async function connectOAuth2(session, { id }, { allow = true } = {}) {
	const authorizeUrl = await session.send('GET', `/oauth2-credential/auth?id=${id}`);
	const callback = `${session.url}/rest/oauth2-credential/callback`;
	const back = await consent(authorizeUrl, { until: callback, allow });
	const response = await fetch(back, { headers: session.headers() });
	const page = await response.text();
	if (!page.includes(CONNECTED)) {
		throw new Error(`n8n did not connect credential ${id}: ${response.status} ${plain(page)}`);
	}
}

function plain(html) {
	return html
		.replace(/<(script|style)[^]*?<\/\1>|<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Creates the workflow, or replaces the one with this name. */
export async function saveWorkflow(session, workflow) {
	const known = await session.send('GET', '/workflows');
	const old = known.find(({ name }) => name === workflow.name);
	const body = { connections: {}, settings: { executionOrder: 'v1' }, ...workflow };
	if (!old) return await session.send('POST', '/workflows', body);
	const { versionId } = await session.send('GET', `/workflows/${old.id}`);
	return await session.send('PATCH', `/workflows/${old.id}`, { ...body, versionId });
}

/** Activates the workflow's current version; waits until its webhooks and triggers are live. */
export async function activate(session, { id }) {
	const { versionId } = await session.send('GET', `/workflows/${id}`);
	await session.send('POST', `/workflows/${id}/activate`, { versionId });
	const isLive = async () => {
		const { status, liveVersionId } = await session.send(
			'GET',
			`/workflows/${id}/publication-status`,
		);
		return status === 'published' && liveVersionId === versionId;
	};
	await until(isLive, { seconds: 60, what: `Workflow ${id} to be live`, every: 100 });
}

/** Restarts an active workflow's triggers, which then poll at once. */
export async function reactivate(session, workflow) {
	await session.send('POST', `/workflows/${workflow.id}/deactivate`);
	await activate(session, workflow);
}

/** Runs the workflow from its trigger, as the editor's Execute button does; waits for the end. */
export async function runWorkflow(session, { id, nodes }, { trigger, destination } = {}) {
	const start = trigger ?? nodes.find(({ type }) => /trigger$/i.test(type)).name;
	const { executionId } = await session.send('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: start },
		...(destination && { destinationNode: { nodeName: destination, mode: 'inclusive' } }),
	});
	return await finished(session, executionId);
}

/** Like `startByWebhook`, but waits for the end. */
export async function callWebhook(session, workflow, path, json, files) {
	return await finished(session, await startByWebhook(session, workflow, path, json, files));
}

/**
 * Executes one node on the data of another run, as the editor's button on a node does; waits for
 * the end.
 */
export async function runStep(session, { id }, { data }, nodeName) {
	const { executionId } = await session.send('POST', `/workflows/${id}/run`, {
		runData: data.resultData.runData,
		destinationNode: { nodeName, mode: 'inclusive' },
		dirtyNodeNames: [],
	});
	return await finished(session, executionId);
}

/**
 * Sends a request to an active workflow's webhook, with files if given, and returns its execution.
 * Unlike `runWorkflow` this is a production run.
 *
 * @param {Record<string, { name: string, type: string, bytes: Uint8Array }>} files by binary property
 */
export async function startByWebhook(session, { id }, path, json = {}, files = {}) {
	const before = await executions(session, id);
	const form = new FormData();
	for (const [name, value] of Object.entries(json)) form.append(name, String(value));
	for (const [property, { name, type, bytes }] of Object.entries(files)) {
		form.append(property, new Blob([bytes], { type }), name);
	}
	const withFiles = Object.keys(files).length > 0;
	const response = await fetch(`${session.url}/webhook/${path}`, {
		method: 'POST',
		headers: withFiles ? {} : { 'content-type': 'application/json' },
		body: withFiles ? form : JSON.stringify(json),
	});
	await answer(response, `webhook ${path}`);
	const known = new Set(before.map((one) => one.id));
	const started = async () =>
		(await executions(session, id)).find((execution) => !known.has(execution.id));
	const { id: executionId } = await until(started, {
		...PATIENCE,
		what: `An execution of ${path}`,
	});
	return executionId;
}

/** n8n's list of a workflow's executions, newest first. */
export async function executions(session, workflowId, limit = 20) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	return (await session.send('GET', `/executions?filter=${filter}&limit=${limit}`)).results;
}

/** All executions that n8n stores, with the text of their data. */
export async function* allExecutions(session) {
	let cursor;
	do {
		const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
		const { results, nextCursor } = await session.send('GET', `/executions?${query}`);
		for (const { id } of results) yield await session.send('GET', `/executions/${id}`);
		cursor = nextCursor;
	} while (cursor);
}

/** Retries a failed execution, as the button in n8n's list does; waits for the new one. */
export async function retryExecution(session, executionId) {
	const { id } = await session.send('POST', `/executions/${executionId}/retry`, {
		loadWorkflow: false,
	});
	return await finished(session, id);
}

/** Presses Stop, as in n8n's list. */
export async function stopExecution(session, executionId) {
	return await session.send('POST', `/executions/${executionId}/stop`);
}

const UNDER_WAY = new Set(['new', 'running', 'waiting']);

/** Waits for the end of an execution. */
export async function finished(session, executionId) {
	const ended = async () => {
		const execution = await session.send('GET', `/executions/${executionId}`);
		return UNDER_WAY.has(execution.status) ? undefined : execution;
	};
	const what = `The end of execution ${executionId}`;
	const execution = await until(ended, { ...PATIENCE, what });
	return { ...execution, data: unflatten(execution.data) };
}

/** The items that a node returned at one of its outputs in its last run. */
export function outputOf(execution, nodeName, output = 0) {
	const run = execution.data.resultData.runData[nodeName]?.at(-1);
	return run?.data?.main?.[output] ?? [];
}

/** Decodes n8n's execution data: a list of values in which strings are positions in that list. */
export function unflatten(text) {
	const table = JSON.parse(text);
	const made = new Map();
	const at = (index) => {
		const raw = table[index];
		if (raw === null || typeof raw !== 'object') return raw;
		if (made.has(index)) return made.get(index);
		const value = Array.isArray(raw) ? [] : {};
		made.set(index, value);
		for (const [key, one] of Object.entries(raw))
			value[key] = typeof one === 'string' ? at(one) : one;
		return value;
	};
	return at('0');
}
