import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { writtenAs } from '@/test/support/written';

/**
 * A suffix for the sandbox's tokens, so that each encoding of a token is a different
 * text. The sandbox never sees it.
 */
export const TAIL = '/+=&<"~';

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Hostile {
	status: number;
	headers?: Record<string, string>;
	body: string;
}

export interface Settings {
	target: string;
	/** The sandbox's tokens, to which the proxy adds the suffix in answers. */
	tokens(): string[];
}

/**
 * A proxy in front of a platform; it counts requests and answers all of them itself from a certain one
 * on.
 */
export async function hostileProxy({ target, tokens }: Settings) {
	let served = 0;
	let from = Infinity;
	let answer: () => Hostile = () => ({ status: 500, body: '' });
	const server = createServer(async (incoming, outgoing) => {
		const body = await bytesOf(incoming);
		note(incoming, body);
		if (served++ >= from) {
			const { status, headers, body: said } = answer();
			return void outgoing.writeHead(status, headers).end(said);
		}
		const real = await passed(target, incoming, body).catch(() => undefined);
		if (!real) return void outgoing.destroy();
		const text = dressed(real.body.toString('latin1').replaceAll(target, url()));
		outgoing.writeHead(real.status, { ...headersOf(real), 'content-length': text.length });
		outgoing.end(Buffer.from(text, 'latin1'));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	/** Only changes whole JSON strings, because a change inside a URL would make another URL. */
	const dressedTokens = new Set<string>();
	function dressed(text: string) {
		const tail = JSON.stringify(TAIL).slice(1, -1);
		return tokens().reduce((rest, token) => {
			if (!rest.includes(`"${token}"`)) return rest;
			dressedTokens.add(token);
			return rest.replaceAll(`"${token}"`, `"${token}${tail}"`);
		}, text);
	}

	/** n8n signs the URLs from which platforms fetch its files. */
	const signatures = new Set<string>();
	function note({ url: place = '' }: IncomingMessage, body: Buffer) {
		const text = decodeURIComponent(
			(place + body.toString('latin1')).replace(/%(?![\da-f]{2})/gi, ''),
		);
		for (const [, token] of text.matchAll(/signed\?token=([\w.-]+)/g)) signatures.add(token);
	}

	return {
		url: url(),
		signatures,
		/** Returns secrets as the node knows them. */
		known: (secrets: string[]) => secrets.map((one) => (dressedTokens.has(one) ? one + TAIL : one)),
		/** Passes this many requests on, and answers the others with this. */
		after(requests: number, hostile: () => Hostile) {
			[served, from, answer] = [0, requests, hostile];
		},
		served: () => served,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

const tails = Object.values(writtenAs(TAIL)).sort((a, b) => b.length - a.length);

/** Returns the text without the suffixes. */
function stripped(text: string) {
	return tails.reduce((rest, tail) => rest.replaceAll(tail, ''), text);
}

function headersOf({ headers }: Answer) {
	const { 'transfer-encoding': _chunked, connection: _kept, ...rest } = headers;
	return rest;
}

async function passed(target: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
	const { method, headers, url = '' } = incoming;
	const isText = /json|urlencoded/.test(headers['content-type'] ?? '');
	const sent = isText ? Buffer.from(stripped(body.toString('latin1')), 'latin1') : body;
	const own = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			typeof value === 'string' && name === 'authorization' ? stripped(value) : value,
		]),
	);
	if (own['content-length']) own['content-length'] = String(sent.length);
	return await new Promise((done, failed) => {
		const place = new URL(stripped(url), target);
		const call = request(place, { method, headers: own }, (reply) => {
			const status = reply.statusCode ?? 0;
			bytesOf(reply).then((all) => done({ status, headers: reply.headers, body: all }), failed);
		});
		call.on('error', failed);
		call.end(sent);
	});
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}
