import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { ByteStream } from '../contract/media';
import { innerAddress, type Inner, type MayBeInner } from './egress';
import type { Watch } from './watch';

/** An answer of which nothing was read yet. */
export interface Found {
	/** Where it stands in the end. */
	readonly url: string;
	readonly status: number;
	readonly headers: IDataObject;
	readonly body: ByteStream;
	readonly isRedirected: boolean;
}

interface Following {
	watch: Watch;
	headers?: IDataObject;
	/** By default n8n's settings count for every host. */
	mayBeInner?: MayBeInner;
}

/**
 * Asks for something that strangers keep: without a token, redirects followed step by step, and
 * nothing inside of the network. `refuse` is told of an address there, or that there are too many
 * redirects, and has to throw.
 */
export async function follow(
	fn: IExecuteFunctions,
	url: string,
	{ watch, headers, mayBeInner }: Following,
	refuse: (place: string, why: Inner | 'redirects') => never,
): Promise<Found> {
	let place = url;
	for (let hops = 0; hops <= bounds.redirects.most; hops++) {
		const inner = await innerAddress(fn, place, mayBeInner);
		if (inner) refuse(place, inner);
		const reply = (await fn.helpers.httpRequest({
			url: place,
			encoding: 'stream',
			...(headers && { headers }),
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal: watch.signal,
		})) as { statusCode: number; headers: IDataObject; body: ByteStream };
		watch.moved();
		const { statusCode: status, body } = reply;
		const next = status >= 300 && status <= 399 ? reply.headers.location : undefined;
		if (typeof next !== 'string' || !URL.canParse(next, place)) {
			return { url: place, status, headers: reply.headers, body, isRedirected: hops > 0 };
		}
		body.destroy();
		place = new URL(next, place).href;
	}
	return refuse(url, 'redirects');
}
