import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ProxyFault =
	| { kind: 'pass' }
	| { kind: 'answer'; status: number; body: unknown; headers?: Record<string, string> }
	/** The server does its work, but its answer is replaced. */
	| { kind: 'answerAfter'; status: number; body: unknown }
	| { kind: 'cut' }
	| { kind: 'cutAfter' };

/** A request on its way, as vendors' descriptions are held against. */
export interface SeenRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	contentType: string;
	body?: unknown;
	binary?: unknown;
}

/** Stands before a real server and spoils the next calls of one path. */
export async function faultyProxy(target: string) {
	const planned: Array<{ path: string; fault: ProxyFault }> = [];
	const seen: SeenRequest[] = [];
	const server = createServer((incoming, outgoing) => {
		const path = (incoming.url ?? '').split('?')[0];
		const index = planned.findIndex((plan) => path.endsWith(plan.path));
		const [plan] = index < 0 ? [] : planned.splice(index, 1);
		void handle(target, incoming, outgoing, seen, plan?.fault);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		next: (path: string, ...faults: ProxyFault[]) =>
			void planned.push(...faults.map((fault) => ({ path, fault }))),
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

async function handle(
	target: string,
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	seen: SeenRequest[],
	fault?: ProxyFault,
) {
	const body = await bytesOf(incoming);
	seen.push(seenOf(incoming, body));
	if (fault?.kind === 'cut') return outgoing.socket?.destroy();
	if (fault?.kind === 'answer') return answer(outgoing, fault);
	const real = await forwarded(target, incoming, body);
	if (fault?.kind === 'cutAfter') return outgoing.socket?.destroy();
	if (fault?.kind === 'answerAfter') return answer(outgoing, fault);
	outgoing.writeHead(real.status, real.headers).end(real.body);
}

function seenOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): SeenRequest {
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
		...{ method, path: pathname, query, contentType },
		...(json
			? { body: JSON.parse(body.toString()) as unknown }
			: body.length > 0 && { binary: {} }),
	};
}

function answer(
	outgoing: ServerResponse,
	{ status, body, headers }: { status: number; body: unknown; headers?: Record<string, string> },
) {
	outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
	outgoing.end(JSON.stringify(body));
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
