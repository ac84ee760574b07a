import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { refuse } from '../failure';
import { withoutUrlSecrets } from '../errors/secretUrl';
import { innerAddress } from '../http/egress';
import { stopOf } from '../http/stop';
import type { ByteStream } from './media';

const REDIRECTS = 5;

/** Of a server that may answer later. */
const PASSING: ReadonlySet<string | number> = new Set([
	...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN'],
	...['EHOSTUNREACH', 'ENETUNREACH', 408, 425, 429],
]);

/** What a URL leads to; `bytes` as far as the server tells before sending them. */
export async function download(fn: IExecuteFunctions, url: string, platform: string) {
	const reply = await follow(fn, url, platform);
	if (reply.statusCode < 200 || reply.statusCode > 299) {
		const { statusCode: status } = reply;
		reply.body.destroy();
		refuseUrl(platform, url, `answers with HTTP ${status}`, status >= 500 || PASSING.has(status));
	}
	const length = Number(reply.headers['content-length']);
	const encoded = reply.headers['content-encoding'] !== undefined;
	const bytes = Number.isFinite(length) && !encoded ? length : undefined;
	return { stream: reply.body, bytes, redirected: reply.redirected };
}

/** Step by step, for a platform that fetches the file itself may not follow. */
async function follow(fn: IExecuteFunctions, url: string, platform: string) {
	let place = url;
	for (let hops = 0; hops <= REDIRECTS; hops++) {
		await refuseInner(fn, place, platform);
		const reply = await request(fn, place, platform);
		const { location } = reply.headers;
		const moved = reply.statusCode >= 300 && reply.statusCode <= 399;
		if (!moved || typeof location !== 'string' || !URL.canParse(location, place)) {
			return { ...reply, redirected: hops > 0 ? (true as const) : undefined };
		}
		reply.body.destroy();
		place = new URL(location, place).href;
	}
	return refuseUrl(platform, url, 'leads from one redirect to the next');
}

/** Of each step, since a public address may lead to one inside of the network. */
async function refuseInner(fn: IExecuteFunctions, url: string, platform: string) {
	const inner = await innerAddress(fn, url);
	if (!inner) return;
	refuse({
		code: 'media_rejected',
		platform,
		rule: 'media.url.inner',
		message: `The media URL ${shown(url)} ${inner.reason}`,
		remediation: inner.remediation,
	});
}

/** Without the query: signed URLs carry their secret there. */
function shown(url: string) {
	return withoutUrlSecrets(url.replace(/[?#].*$/s, ''));
}

async function request(fn: IExecuteFunctions, url: string, platform: string) {
	try {
		return (await fn.helpers.httpRequest({
			url,
			encoding: 'stream',
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal: stopOf(fn, platform).signal,
		})) as { statusCode: number; headers: IDataObject; body: ByteStream };
	} catch (error) {
		stopOf(fn, platform).check();
		const { code, message } = error as { code?: string; message: string };
		const why = code ?? message;
		return refuseUrl(platform, url, `cannot be fetched (${why})`, PASSING.has(why));
	}
}

const OPENS = 'the URL opens without a login and leads to the file itself.';

/** `passing`: the file may be there when it is asked for again. */
export function refuseUrl(platform: string, url: string, what: string, passing = false): never {
	return refuse({
		code: 'media_rejected',
		platform,
		rule: 'media.url',
		message: `The media URL ${shown(url)} ${what}`,
		remediation: passing ? `Run again later, and check that ${OPENS}` : `Check that ${OPENS}`,
		retryable: passing,
	});
}
