import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { innerAddress } from '../http/egress';
import { stopOf } from '../http/stop';
import type { ByteStream } from './media';

export interface Page {
	/** Where it stands in the end. */
	url: string;
	contentType?: string;
	bytes: ByteStream;
}

const REDIRECTS = 5;
/** For all of it, since a server may send byte by byte. */
const TIME_MS = 15_000;

/** A page on the web, redirects followed step by step; undefined where there is none to be read. */
export async function openPage(fn: IExecuteFunctions, url: string): Promise<Page | undefined> {
	const { signal } = stopOf(fn, 'crosspost');
	const late = AbortSignal.timeout(TIME_MS);
	const abortSignal = signal ? AbortSignal.any([signal, late]) : late;
	let place = url;
	for (let hops = 0; hops <= REDIRECTS; hops++) {
		if (await innerAddress(fn, place)) return undefined;
		const { statusCode, headers, body } = await request(fn, place, abortSignal);
		const { location } = headers;
		const isMoved = statusCode >= 300 && statusCode <= 399 && typeof location === 'string';
		if (!isMoved) return isPage(statusCode, headers) ? pageOf(place, headers, body) : gone(body);
		body.destroy();
		if (!URL.canParse(location, place)) return undefined;
		place = new URL(location, place).href;
	}
	return undefined;
}

async function request(fn: IExecuteFunctions, url: string, abortSignal: AbortSignal) {
	return (await fn.helpers.httpRequest({
		url,
		encoding: 'stream',
		headers: { accept: 'text/html,application/xhtml+xml' },
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		abortSignal,
	})) as { statusCode: number; headers: IDataObject; body: ByteStream };
}

function pageOf(url: string, headers: IDataObject, bytes: ByteStream): Page {
	const type = headers['content-type'];
	return { url, bytes, ...(typeof type === 'string' && { contentType: type }) };
}

/** A challenge page says by a header that it is one. */
function isPage(status: number, headers: IDataObject): boolean {
	const type = String(headers['content-type'] ?? 'text/html');
	return (
		status >= 200 &&
		status <= 299 &&
		/html|xml/i.test(type) &&
		headers['cf-mitigated'] === undefined
	);
}

function gone(body: ByteStream): undefined {
	body.destroy();
	return undefined;
}
