import type { IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { ByteStream } from '../contract/media';
import { refuse, Refused } from '../errors/failure';
import { withoutUrlSecrets } from '../errors/secretUrl';
import type { Inner, MayBeInner } from '../http/egress';
import { follow, type Found } from '../http/follow';
import { stopOf } from '../http/stop';
import { watch } from '../http/watch';

/** Of a server that may answer later. */
const PASSING: ReadonlySet<string | number> = new Set([
	...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN'],
	...['EHOSTUNREACH', 'ENETUNREACH', 408, 425, 429],
]);

interface Download {
	readonly stream: ByteStream;
	/** As far as the server tells before sending them. */
	readonly bytes?: number;
	/** A platform that fetches the file itself may not follow. */
	readonly isRedirected: boolean;
}

interface Wanted {
	platform: string;
	atMost: number;
	mayBeInner?: MayBeInner;
}

/** What a URL leads to; it may take as long as `atMost` bytes do on a slow line. */
export async function download(
	fn: IExecuteFunctions,
	url: string,
	{ platform, atMost, mayBeInner }: Wanted,
): Promise<Download> {
	const watched = watch(stopOf(fn, platform).signal, bounds.idle.most);
	const late = () => refuseUrl(platform, url, 'sends too slowly, or nothing', true);
	const refused = (place: string, why: Inner | 'redirects') =>
		why === 'redirects'
			? refuseUrl(platform, url, 'leads from one redirect to the next')
			: refuseInner(platform, place, why);
	const found = await follow(fn, url, { watch: watched, mayBeInner }, refused).catch(
		(error: unknown) => {
			watched.over();
			return watched.isLate() ? late() : refuseUnanswered(fn, platform, url, error);
		},
	);
	if (found.status < 200 || found.status > 299) {
		watched.over();
		found.body.destroy();
		const isPassing = found.status >= 500 || PASSING.has(found.status);
		refuseUrl(platform, url, `answers with HTTP ${found.status}`, isPassing);
	}
	const bytes = lengthOf(found);
	watched.allow(timeFor(Math.min(bytes ?? atMost, atMost)));
	const { isRedirected } = found;
	const stream = streamOf(found.body, watched.pieces(found.body, late));
	return { stream, bytes, isRedirected };
}

/** Reads nothing ahead, unlike `compose`, whose errors nobody catches until n8n begins to read. */
export function streamOf(like: ByteStream, bytes: AsyncIterable<Buffer>): ByteStream {
	const { from } = like.constructor as unknown as {
		from(all: AsyncIterable<Buffer>): ByteStream;
	};
	return from(bytes);
}

function lengthOf({ headers }: Found): number | undefined {
	const length = Number(headers['content-length']);
	return Number.isFinite(length) && headers['content-encoding'] === undefined ? length : undefined;
}

/** Ms for a file of so many bytes. */
function timeFor(bytes: number): number {
	return bounds.download.most + (bytes / bounds.slowestLine.most) * 1000;
}

/** Of each step, since a public address may lead to one inside of the network. */
function refuseInner(platform: string, url: string, { reason, remediation }: Inner): never {
	return refuse({
		code: 'media_rejected',
		platform,
		rule: 'media.url.inner',
		message: `The media URL ${shown(url)} ${reason}`,
		remediation,
	});
}

/** Without the query: signed URLs carry their secret there. */
function shown(url: string) {
	return withoutUrlSecrets(url.replace(/[?#].*$/s, ''));
}

function refuseUnanswered(
	fn: IExecuteFunctions,
	platform: string,
	url: string,
	error: unknown,
): never {
	if (error instanceof Refused) throw error;
	stopOf(fn, platform).check();
	const { code, message } = error as { code?: string; message: string };
	const why = code ?? message;
	return refuseUrl(platform, url, `cannot be fetched (${why})`, PASSING.has(why));
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
