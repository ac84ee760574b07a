import { jsonParse, type IDataObject, type IHttpRequestOptions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { Call, Http, NodeContext, Reply } from '../contract/http';
import type { ByteStream } from '../contract/media';
import { head } from './chunks';
import { multipart } from './multipart';
import { streamed, type StreamedBody } from './streamed';

/** Network errors that prove the request did not reach the platform. */
const UNSENT: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_INVALID_URL',
]);
const UNSENT_SYSCALLS: ReadonlySet<string> = new Set(['connect', 'getaddrinfo']);

/**
 * Sends requests by n8n's HTTP helper, the only way out. Redirects are off, because the helper
 * would buffer bodies for them.
 */
export function httpOf(fn: NodeContext): Http {
	return async (call) => {
		const { headers, body: sent } = await encode(call);
		const { method = 'GET', url, query, signal, timeout = bounds.request.most } = call;
		// `timeout` restarts with each byte of the answer, so the total time needs a signal of its own.
		const isUpload = call.stream !== undefined || call.parts !== undefined;
		const late = AbortSignal.timeout(isUpload ? bounds.upload.most : timeout);
		try {
			const reply = (await fn.helpers.httpRequest({
				method,
				url,
				...(query && { qs: withoutUndefined(query) }),
				headers: { accept: 'application/json', ...headers, ...call.headers },
				...(sent !== undefined && { body: sent as IHttpRequestOptions['body'] }),
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout,
				abortSignal: signal ? AbortSignal.any([signal, late]) : late,
				encoding: 'stream',
			})) as { statusCode: number; headers: IDataObject; body: ByteStream };
			return await replyOf(reply, call);
		} catch (error) {
			return late.aborted ? { status: 0, headers: {}, body: 'ETIMEDOUT' } : lost(error);
		} finally {
			if (typeof sent === 'object' && 'destroy' in sent) sent.destroy();
		}
	};
}

/** Reads the answer up to its byte limit. */
async function replyOf(
	{
		statusCode: status,
		headers,
		body,
	}: { statusCode: number; headers: IDataObject; body: ByteStream },
	{ atMost = bounds.answer.most, longNumbers }: Call,
): Promise<Reply> {
	const isGood = status >= 200 && status < 300;
	const most = isGood ? atMost : bounds.refusal.most;
	const bytes = await head(body, most + 1);
	if (isGood && bytes.length > most) return tooLarge(most);
	const text = bytes.subarray(0, most).toString('utf8');
	const parsed = longNumbers
		? withLongNumbers(text)
		: jsonParse<unknown>(text, { fallbackValue: text });
	return { status, headers: { ...headers }, body: parsed };
}

/** The request took effect, so a publishing request with this answer has an unknown outcome. */
function tooLarge(most: number): Reply {
	const message = `the answer is larger than ${most / 2 ** 20} MiB`;
	const remediation = 'Ask for less at a time, such as by a smaller Limit.';
	return { status: 0, headers: {}, body: message, hopeless: { message, remediation } };
}

interface Encoded {
	headers?: IDataObject;
	body?: StreamedBody | Buffer | string;
}

async function encode(call: Call): Promise<Encoded> {
	if (call.form) {
		const fields = Object.entries(withoutUndefined(call.form));
		return {
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(
				fields.map(([key, value]): [string, string] => [key, String(value)]),
			).toString(),
		};
	}
	if (call.parts) {
		const { headers, body } = multipart(await call.parts());
		return { headers: { ...headers }, body };
	}
	if (call.stream) {
		const { open, bytes, type } = call.stream;
		return {
			headers: { 'content-type': type, 'content-length': bytes },
			body: streamed(open, bytes, type),
		};
	}
	if (call.body === undefined || Buffer.isBuffer(call.body)) return { body: call.body };
	// A string, because n8n drops an empty object together with its content type.
	return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(call.body) };
}

function withoutUndefined(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The start of a string, or a whole number token. */
const TOKEN = /"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON with long integers as strings: `{"id":7574000000000000001}` becomes `{ id:
 * '7574000000000000001' }`. Returns other text unchanged.
 */
export function withLongNumbers(text: string): unknown {
	const pieces: string[] = [];
	let done = 0;
	const tokens = new RegExp(TOKEN);
	for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
		const [token] = found;
		if (token === '"') tokens.lastIndex = endOfString(text, found.index);
		if (!/^-?\d{16,}$/.test(token)) continue;
		pieces.push(text.slice(done, found.index), `"${token}"`);
		done = tokens.lastIndex;
	}
	const quoted = pieces.length > 0 ? pieces.join('') + text.slice(done) : text;
	return jsonParse<unknown>(quoted, { fallbackValue: text });
}

/**
 * Index after the string that begins at `start`. A loop, because a regular expression overflows its
 * stack on long strings.
 */
function endOfString(text: string, start: number): number {
	for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let before = at;
		while (text[before - 1] === '\\') before--;
		if ((at - before) % 2 === 0) return at + 1;
	}
	return text.length;
}

/**
 * n8n's SSRF protection throws an error written for users. The HTTP client wraps it if the
 * protection failed the DNS look-up.
 */
function blockedBy(error: unknown): Reply['hopeless'] {
	const { name, message, description, cause } = error as Error & { description?: string };
	if (name?.startsWith('Ssrf')) return { message, remediation: description ?? message };
	return cause ? blockedBy(cause) : undefined;
}

/** Keeps only the error code, because n8n's error contains the signed request. */
function lost(error: unknown): Reply {
	const { code, cause } = error as {
		code?: string;
		cause?: { code?: string; syscall?: string; errors?: Array<{ syscall?: string }> };
	};
	const hopeless = blockedBy(error);
	if (hopeless) return { status: 0, headers: {}, body: 'BLOCKED', unsent: true, hopeless };
	const reason = code ?? cause?.code ?? 'NO_ANSWER';
	// A host with several addresses has one error per address.
	const syscall = cause?.syscall ?? cause?.errors?.[0]?.syscall ?? '';
	const unsent = UNSENT.has(reason) || UNSENT_SYSCALLS.has(syscall);
	return { status: 0, headers: {}, body: reason, ...(unsent && { unsent }) };
}
