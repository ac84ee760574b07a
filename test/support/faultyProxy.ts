import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type ProxyFault =
	| { kind: 'pass' }
	| { kind: 'answer'; status: number; body: unknown; headers?: Record<string, string> }
	/** The server does its work, but its answer is replaced. */
	| { kind: 'answerAfter'; status: number; body: unknown }
	/** A gateway fails at once, and the server does its work later. */
	| { kind: 'late'; afterMs: number }
	| { kind: 'cut' }
	| { kind: 'cutAfter' }
	/** No answer while the caller waits; the server receives nothing. */
	| { kind: 'silent' }
	/** The server does its work, but its answer is never sent. */
	| { kind: 'silentAfter' };

/** A request in the form that is checked against vendors' descriptions. */
export interface SeenRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	contentType: string;
	body?: unknown;
	binary?: unknown;
}

/** `at`: arrival in epoch ms. */
type Came = SeenRequest & { at: number };

/** A proxy in front of a real server that spoils the next calls of one path. */
export async function faultyProxy(target: string) {
	const planned: Array<{ path: string; fault: ProxyFault }> = [];
	const standing = new Map<string, ProxyFault>();
	const delays = new Map<string, number>();
	const seen: Came[] = [];
	const server = createServer((incoming, outgoing) => {
		const path = (incoming.url ?? '').split('?')[0];
		const index = planned.findIndex((plan) => path.endsWith(plan.path));
		const [plan] = index < 0 ? [] : planned.splice(index, 1);
		const fault = plan?.fault ?? endOf(path, standing);
		void handle(target, incoming, outgoing, seen, { fault, delay: endOf(path, delays) ?? 0 });
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		next: (path: string, ...faults: ProxyFault[]) =>
			void planned.push(...faults.map((fault) => ({ path, fault }))),
		/** Every call of the path has the fault until `clear`. */
		always: (path: string, fault: ProxyFault) => void standing.set(path, fault),
		/** Delays every call of the path by this many ms. */
		latency: (path: string, ms: number) => void delays.set(path, ms),
		clear: () => {
			planned.length = 0;
			standing.clear();
			delays.clear();
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

/** Finds the value set for the end of this path. */
function endOf<T>(path: string, set: Map<string, T>): T | undefined {
	const [, found] = [...set].find(([end]) => path.endsWith(end)) ?? [];
	return found;
}

async function handle(
	target: string,
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	seen: Came[],
	{ fault, delay }: { fault?: ProxyFault; delay: number },
) {
	const body = await bytesOf(incoming);
	seen.push(seenOf(incoming, body));
	if (delay > 0) await sleep(delay);
	if (fault?.kind === 'silent') return;
	if (fault?.kind === 'cut') return outgoing.socket?.destroy();
	if (fault?.kind === 'answer') return answer(outgoing, fault);
	if (fault?.kind === 'late') {
		setTimeout(() => void forwarded(target, incoming, body), fault.afterMs);
		return answer(outgoing, { status: 504, body: {} });
	}
	const real = await forwarded(target, incoming, body);
	if (fault?.kind === 'silentAfter') return;
	if (fault?.kind === 'cutAfter') return outgoing.socket?.destroy();
	if (fault?.kind === 'answerAfter') return answer(outgoing, fault);
	outgoing.writeHead(real.status, real.headers).end(real.body);
}

function seenOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Came {
	const { pathname, searchParams } = new URL(url, 'http://proxy');
	const contentType = headers['content-type'] ?? '';
	const query = Object.fromEntries(
		[...searchParams.keys()].map((name): [string, string | string[]] => {
			const all = searchParams.getAll(name);
			return [name, all.length > 1 ? all : all[0]];
		}),
	);
	const json = contentType.includes('json') && body.length > 0;
	return {
		...{ at: Date.now(), method, path: pathname, query, contentType },
		...(json
			? { body: JSON.parse(body.toString()) as unknown }
			: body.length > 0 && { binary: {} }),
	};
}

/** Sends the answer; a text is sent as HTML. */
function answer(
	outgoing: ServerResponse,
	{ status, body, headers }: { status: number; body: unknown; headers?: Record<string, string> },
) {
	const isPage = typeof body === 'string';
	outgoing.writeHead(status, {
		'content-type': isPage ? 'text/html' : 'application/json',
		...headers,
	});
	outgoing.end(isPage ? body : JSON.stringify(body));
}

async function forwarded(target: string, incoming: IncomingMessage, body: Buffer) {
	const { method, url = '', headers } = incoming;
	return await new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
		(done, failed) => {
			const call = request(new URL(url, target), { method, headers }, (reply) => {
				bytesOf(reply).then(
					(bytes) => done({ status: reply.statusCode ?? 0, headers: reply.headers, body: bytes }),
					failed,
				);
			});
			call.on('error', failed);
			call.end(body);
		},
	);
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}
