import type { IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { ByteStream } from '../contract/media';
import { refuse, Refused } from '../errors/failure';
import { withoutUrlSecrets } from '../errors/secretUrl';
import type { Inner, MayBeInner } from '../http/egress';
import { follow, type Found } from '../http/follow';
import { stopOf } from '../http/stop';
import { watch } from '../http/watch';
import { SECOND } from '../units';

/** Errors and statuses of a server that may work later. */
const PASSING: ReadonlySet<string | number> = new Set([
	...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN'],
	...['EHOSTUNREACH', 'ENETUNREACH', 408, 425, 429],
]);

interface Download {
	readonly stream: ByteStream;
	/** Undefined if the server does not announce the size. */
	readonly bytes?: number;
	/** A platform that fetches the URL itself may not follow redirects. */
	readonly isRedirected: boolean;
}

interface Wanted {
	platform: string;
	atMost: number;
	mayBeInner?: MayBeInner;
}

/** Downloads a URL. The time limit is that of `atMost` bytes on a slow line. */
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

/**
 * Wraps the bytes in a stream of the same class. Unlike `compose`, it does not read ahead: an error
 * before n8n begins to read would be uncaught.
 */
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

/** Most ms for this many bytes. */
function timeFor(bytes: number): number {
	return bounds.download.most + (bytes / bounds.slowestLine.most) * SECOND;
}

/** Checked for every redirect, because a public URL may lead to a private address. */
function refuseInner(platform: string, url: string, { reason, remediation }: Inner): never {
	return refuse({
		code: 'media_rejected',
		platform,
		rule: 'media.url.inner',
		message: `The media URL ${shown(url)} ${reason}`,
		remediation,
	});
}

/** Without the query, which holds the secret of a signed URL. */
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

/** `passing`: a later try may succeed. */
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
