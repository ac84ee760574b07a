import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { readBody, recorded } from './body';
import { movableClock, type Clock } from './clock';
import { controls } from './control';
import { carryOut } from './carryOut';
import { faultSource, type FaultSource } from './faults';
import { match } from './router';
import type { Call, Platform, RecordedRequest, Reply, Route, Sandbox } from './types';

export interface ServerOptions {
	port?: number;
	host?: string;
	clock?: Clock;
}

export interface Surroundings {
	url: string;
	clock: Clock;
}

interface Running<State> {
	platform: Platform<State>;
	faults: FaultSource;
	requests: RecordedRequest[];
	clock: Clock;
	/** Requests that were answered but take effect later. */
	late: Late[];
	/** Uploads stored in files, which are deleted with the sandbox. */
	spooled: string[];
}

interface Late {
	/** Epoch ms on the sandbox's clock. */
	at: number;
	takeEffect(): Promise<unknown>;
}

/**
 * Starts one platform on a loopback port; builds it after the port is known, because it needs its
 * own URL.
 */
export async function serve<State>(
	name: string,
	build: (around: Surroundings) => Platform<State>,
	{ port = 0, host = '127.0.0.1', clock = movableClock() }: ServerOptions,
): Promise<Sandbox<State>> {
	const live: { running?: Running<State> } = {};
	const server = createServer((request, response) => {
		if (live.running) void answer(live.running, request, response);
	});
	// Keeps connections open during large uploads from a slow machine and pauses between requests.
	server.keepAliveTimeout = 0;
	server.requestTimeout = 0;
	server.headersTimeout = 0;
	await new Promise<void>((ready, fail) => {
		server.once('error', fail);
		server.listen(port, host, ready);
	});
	const address = server.address() as AddressInfo;
	const url = `http://${host}:${address.port}`;
	const platform = await built(() => build({ url, clock }), server);
	const faults = faultSource(
		[...Object.keys(platform.refusals.special ?? {}), ...(platform.ownFaults ?? [])],
		platform.routes.map(({ operation }) => operation),
	);
	const requests: RecordedRequest[] = [];
	platform.routes.push(...controls({ name, platform, faults, requests, clock }));
	const spooled: string[] = [];
	live.running = { platform, faults, requests, clock, late: [], spooled };
	clock.onAdvance(() => platform.settle?.());
	return {
		name,
		url,
		port: address.port,
		state: platform.state,
		faults,
		requests,
		clock,
		issueToken: (asked = {}) => platform.issueToken(asked),
		secrets: () => [
			...platform.tokens.all.flatMap(({ value, refresh }) => [
				value,
				...(refresh ? [refresh] : []),
			]),
			...(platform.secrets?.() ?? []),
		],
		revokeAll: () => {
			for (const token of platform.tokens.all) token.revoked = true;
		},
		async stop() {
			const closed = new Promise<void>((done) => server.close(() => done()));
			server.closeAllConnections();
			await closed;
			await Promise.all(spooled.map(async (file) => await rm(file, { force: true })));
		},
	};
}

/** Closes the server if the options are invalid. */
async function built<Built>(build: () => Built, server: Server): Promise<Built> {
	try {
		return build();
	} catch (error) {
		await new Promise((closed) => server.close(closed));
		return await Promise.reject(error);
	}
}

async function answer<State>(
	running: Running<State>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	try {
		await handle(running, request, response);
	} catch (error) {
		// Destroys the socket, because the request object is destroyed as soon as its body is read.
		if (response.headersSent || response.destroyed) return void request.socket.destroy();
		// An error of the sandbox itself must not look like one of the platform.
		const json = { sandbox: String((error as Error).stack ?? error) };
		send(response, { status: 599, json }, running.clock);
	}
}

async function handle<State>(
	running: Running<State>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { platform, faults } = running;
	await makeUp(running);
	platform.settle?.();
	const { call, route, record } = begun(running, request);
	const isControl = call.operation.startsWith('sandbox.');
	const fault = isControl ? undefined : faults.take(call.operation);
	const delay = isControl ? 0 : faults.delay(call.operation);
	if (!isControl) running.requests.push(record);
	if (fault) record.fault = fault.kind;
	if (delay > 0) await wait(delay);
	if (route?.limit !== undefined && Number(request.headers['content-length'] ?? 0) > route.limit) {
		request.resume();
		return finish(running, call, record, response, platform.refusals.tooLarge(call));
	}
	await takeBody(running, request, call, record, route);
	if (fault?.kind === 'cut-before') return cut(request, record);
	if (fault?.kind === 'silent-before') return;
	if (fault?.kind === 'takes-effect-late') return finish(running, call, record, response, later());
	const reply = await carryOut(platform, call, fault, route?.handle);
	if (fault?.kind === 'cut-after') return cut(request, record);
	if (fault?.kind === 'silent-after') return;
	finish(running, call, record, response, reply);

	function later(): Reply {
		const takeEffect = async () => await carryOut(platform, call, undefined, route?.handle);
		running.late.push({ at: running.clock.now() + (fault?.afterMs ?? 10_000), takeEffect });
		return platform.refusals.serverError(call, fault?.status ?? 504);
	}
}

/** Applies late effects that were due since the last request. */
async function makeUp<State>(running: Running<State>): Promise<void> {
	const now = running.clock.now();
	const due = running.late.filter(({ at }) => at <= now);
	running.late = running.late.filter(({ at }) => at > now);
	for (const { takeEffect } of due) await takeEffect();
}

function begun<State>(
	{ platform, clock }: Running<State>,
	{ method = 'GET', url, headers }: IncomingMessage,
) {
	const { pathname, searchParams, search } = new URL(url ?? '/', 'http://sandbox');
	const path = platform.pathOf?.(pathname) ?? pathname;
	const { route, params = {} } = match(platform.routes, method, path) ?? {};
	const call: Call = {
		method,
		path,
		params,
		query: searchParams,
		search,
		headers,
		body: { kind: 'none' },
		operation: route?.operation ?? 'unknown',
	};
	return { call, route, record: describe(call, pathname, clock) };
}

async function takeBody<State>(
	{ platform, spooled }: Running<State>,
	request: IncomingMessage,
	call: Call,
	record: RecordedRequest,
	route: Route | undefined,
): Promise<void> {
	call.body = await readBody(request, route);
	if (call.body.kind === 'binary' && call.body.file) spooled.push(call.body.file);
	Object.assign(record, recorded(call.body));
	const token = platform.tokens.find(platform.bearer(call));
	if (!token) return;
	record.token = { id: token.id, kind: token.kind, account: token.account };
	record.path = record.path.replace(token.value, '(left out)');
}

function describe(call: Call, path: string, clock: Clock): RecordedRequest {
	const { authorization, ...headers } = call.headers;
	const names = [...new Set(call.query.keys())];
	return {
		at: new Date(clock.now()).toISOString(),
		operation: call.operation,
		method: call.method,
		path,
		query: Object.fromEntries(
			names.map((name) => {
				const values = call.query.getAll(name);
				return [name, values.length > 1 ? values : values[0]!];
			}),
		),
		headers: {
			...headers,
			...(authorization && { authorization: `${authorization.split(' ')[0]} (left out)` }),
		},
		contentType: call.headers['content-type'] ?? '',
	};
}

function cut(request: IncomingMessage, record: RecordedRequest): void {
	record.status = 0;
	request.socket.destroy();
}

function finish<State>(
	{ platform, clock }: Running<State>,
	call: Call,
	record: RecordedRequest,
	response: ServerResponse,
	reply: Reply,
): void {
	record.status = reply.status;
	send(response, { ...reply, headers: { ...platform.headers?.(call), ...reply.headers } }, clock);
}

function send(
	response: ServerResponse,
	{ status, headers, json, html }: Reply,
	clock: Clock,
): void {
	const body = json !== undefined ? JSON.stringify(json) : (html ?? '');
	const type = json !== undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
	response.sendDate = false;
	response.writeHead(status, {
		...(body !== '' && { 'content-type': type }),
		'content-length': String(Buffer.byteLength(body)),
		...(clock.isShown && { date: new Date(clock.now()).toUTCString() }),
		...headers,
	});
	response.end(body);
}
