import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
	status: number;
	headers: Headers;
	/** Parsed JSON, or the text; tests check it with toMatchObject and toEqual. */
	body: unknown;
}

export interface Ask {
	method?: string;
	token?: string;
	headers?: Record<string, string>;
	query?: Record<string, string>;
	json?: unknown;
	form?: Record<string, string> | FormData;
	bytes?: Uint8Array;
}

/**
 * Uses plain fetch for the sandboxes' own tests, so that they do not depend on a client of ours.
 */
export async function ask(url: string, asked: Ask = {}): Promise<Answer> {
	const { token, headers, query, json, form, bytes } = asked;
	const hasBody = json !== undefined || form !== undefined || bytes !== undefined;
	const response = await fetch(query ? `${url}?${new URLSearchParams(query)}` : url, {
		method: asked.method ?? (hasBody ? 'POST' : 'GET'),
		redirect: 'manual',
		headers: {
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...(json !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		body:
			json !== undefined
				? JSON.stringify(json)
				: form instanceof FormData
					? form
					: form
						? new URLSearchParams(form)
						: bytes,
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json');
	return {
		status: response.status,
		headers: response.headers,
		body: isJson ? JSON.parse(text) : text,
	};
}

/** The result of a connection: a status, or `cut` if it ended without one. */
export async function outcome(answer: Promise<Answer>): Promise<number | 'cut'> {
	try {
		return (await answer).status;
	} catch {
		return 'cut';
	}
}

/** Presses a button of the consent page as its form would. */
export async function consent(
	url: string,
	query: Record<string, string>,
	decision: 'allow' | 'deny' = 'allow',
): Promise<URL> {
	const { status, headers, body } = await ask(url, { form: { ...query, decision } });
	if (status !== 302) throw new Error(`no redirect but ${status}: ${String(body)}`);
	return new URL(headers.get('location')!);
}

export function pkce(): { verifier: string; challenge: string } {
	const verifier = randomBytes(32).toString('base64url');
	return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function basic(id: string, secret: string): { authorization: string } {
	return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

export function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** The beginning of a PNG with this size; the rest is filler. */
export function png(width = 40, height = 30, filler = 100): Buffer {
	const head = Buffer.alloc(33 + filler, 7);
	head.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
	head.write('IHDR', 12, 'latin1');
	head.writeUInt32BE(width, 16);
	head.writeUInt32BE(height, 20);
	return head;
}

export function mp4(filler = 200): Buffer {
	const head = Buffer.alloc(24 + filler, 9);
	head.write('\0\0\0\x18ftypisom', 0, 'latin1');
	return head;
}

export function formOf(fields: Record<string, string | [Uint8Array, string, string]>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		if (typeof value === 'string') form.append(name, value);
		else form.append(name, new Blob([value[0]], { type: value[1] }), value[2]);
	}
	return form;
}

/** A web server that serves files by their paths, for platforms that fetch media themselves. */
export async function fileServer(
	files: Record<string, Buffer>,
): Promise<{ url: string; stop(): void }> {
	const server = createServer((request, response) => {
		const body = files[request.url!.split('?')[0]!];
		response.writeHead(body ? 200 : 404).end(body);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}/`, stop: () => void server.close() };
}
