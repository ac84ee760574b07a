import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { readBody, recorded } from './body';
import { movableClock, type Clock } from './clock';
import { controls } from './control';
import { faultSource, type Fault, type FaultSource } from './faults';
import { match } from './router';
import type { Call, Platform, RecordedRequest, Reply, Sandbox } from './types';
import { Refusal } from './types';

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
	/** Uploads put into files, which go away with the sandbox. */
	spooled: string[];
}

/** Starts one platform on a loopback port; the platform is built once its address is known. */
export async function serve<State>(
	name: string,
	build: (around: Surroundings) => Platform<State>,
	{ port = 0, host = '127.0.0.1', clock = movableClock() }: ServerOptions,
): Promise<Sandbox<State>> {
	let running: Running<State> | undefined;
	const server = createServer((request, response) => {
		if (running) void answer(running, request, response);
	});
	// Large uploads from a slow machine are no reason to hang up.
	server.requestTimeout = 0;
	await new Promise<void>((ready, fail) => {
		server.once('error', fail);
		server.listen(port, host, ready);
	});
	const address = server.address() as AddressInfo;
	const url = `http://${host}:${address.port}`;
	const platform = await built(() => build({ url, clock }), server);
	const faults = faultSource();
	const requests: RecordedRequest[] = [];
	platform.routes.push(...controls({ name, platform, faults, requests, clock }));
	const spooled: string[] = [];
	running = { platform, faults, requests, clock, spooled };
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
		async stop() {
			const closed = new Promise<void>((done) => server.close(() => done()));
			server.closeAllConnections();
			await closed;
			await Promise.all(spooled.map(async (file) => await rm(file, { force: true })));
		},
	};
}

/** Options that make no sense must not leave a listening server behind. */
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
		if (response.headersSent || request.destroyed) return void request.socket.destroy();
		// A fault of the sandbox itself must not look like one of the platform.
		send(response, { status: 599, json: { sandbox: String((error as Error).stack ?? error) } });
	}
}

async function handle<State>(
	{ platform, faults, requests, clock, spooled }: Running<State>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	platform.settle?.();
	const url = new URL(request.url ?? '/', 'http://sandbox');
	const path = platform.pathOf?.(url.pathname) ?? url.pathname;
	const found = match(platform.routes, request.method ?? 'GET', path);
	const operation = found?.route.operation ?? 'unknown';
	const call: Call = {
		method: request.method ?? 'GET',
		path,
		params: found?.params ?? {},
		query: url.searchParams,
		headers: request.headers,
		body: { kind: 'none' },
		operation,
	};
	const isControl = operation.startsWith('sandbox.');
	const record = describe(call, url, clock);
	if (!isControl) requests.push(record);
	const fault = isControl ? undefined : faults.take(operation);
	if (fault) record.fault = fault.kind;
	const delay = isControl ? 0 : faults.delay(operation);
	if (delay > 0) await wait(delay);

	const limit = found?.route.limit;
	if (limit !== undefined && Number(request.headers['content-length'] ?? 0) > limit) {
		request.resume();
		return finish(platform, call, record, response, platform.refusals.tooLarge(call));
	}
	call.body = await readBody(request, found?.route);
	if (call.body.kind === 'binary' && call.body.file) spooled.push(call.body.file);
	Object.assign(record, recorded(call.body));
	const token = platform.tokens.find(platform.bearer(call));
	if (token) record.token = { id: token.id, kind: token.kind, account: token.account };

	if (fault?.kind === 'cut-before') return cut(request, record);
	const reply = await settle(platform, call, fault, found?.route.handle);
	if (fault?.kind === 'cut-after') return cut(request, record);
	finish(platform, call, record, response, reply);
}

async function settle<State>(
	platform: Platform<State>,
	call: Call,
	fault: Fault | undefined,
	run: ((call: Call) => Reply | Promise<Reply>) | undefined,
): Promise<Reply> {
	try {
		const early = fault && before(platform, call, fault);
		if (early) return shaped(early, fault);
		call.fault = fault;
		if (!run) return platform.refusals.notFound(call);
		if (call.body.kind === 'malformed') return platform.refusals.malformed(call, call.body.reason);
		const reply = platform.limited?.(call) ?? (await run(call));
		if (fault?.kind !== '5xx-after') return reply;
		return shaped(platform.refusals.serverError(call, fault.status ?? 503), fault);
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

/** The answer to a fault that keeps the request from being carried out. */
function before<State>(platform: Platform<State>, call: Call, fault: Fault): Reply | undefined {
	const { refusals, tokens } = platform;
	const token = tokens.find(platform.bearer(call));
	switch (fault.kind) {
		case '429':
			return refusals.rateLimited(call, fault.retryAfter ?? 60);
		case '5xx-before':
			return refusals.serverError(call, fault.status ?? 503);
		case 'expired-token':
			if (token) tokens.expire(token);
			return refusals.deadToken(call, 'expired');
		case 'revoked-token':
			if (token) tokens.revokeFamily(token.family);
			return refusals.deadToken(call, 'revoked');
		case 'refused':
			return refusals.refused(call);
		case 'media-refused':
			return fault.late ? undefined : refusals.mediaRefused(call);
		default:
			return refusals.special?.[fault.kind]?.(call);
	}
}

function shaped(reply: Reply, { status, body }: Fault): Reply {
	const { json: _json, html: _html, ...plain } = reply;
	const other = typeof body === 'string' ? { html: body } : { json: body };
	return { ...(body === undefined ? reply : { ...plain, ...other }), ...(status && { status }) };
}

function describe(call: Call, url: URL, clock: Clock): RecordedRequest {
	const { authorization, ...headers } = call.headers;
	const names = [...new Set(url.searchParams.keys())];
	return {
		at: new Date(clock.now()).toISOString(),
		operation: call.operation,
		method: call.method,
		path: url.pathname,
		query: Object.fromEntries(
			names.map((name) => {
				const values = url.searchParams.getAll(name);
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
	platform: Platform<State>,
	call: Call,
	record: RecordedRequest,
	response: ServerResponse,
	reply: Reply,
): void {
	record.status = reply.status;
	if (call.token && !record.token) {
		const { id, kind, account } = call.token;
		record.token = { id, kind, account };
	}
	send(response, { ...reply, headers: { ...platform.headers?.(call), ...reply.headers } });
}

function send(response: ServerResponse, { status, headers, json, html }: Reply): void {
	const body = json !== undefined ? JSON.stringify(json) : (html ?? '');
	const type = json !== undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
	response.writeHead(status, {
		...(body !== '' && { 'content-type': type }),
		'content-length': String(Buffer.byteLength(body)),
		...headers,
	});
	response.end(body);
}
