import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { ByteStream } from '../contract/media';
import { innerAddress, type Inner, type MayBeInner } from './egress';
import type { Watch } from './watch';

/** An answer whose body is still unread. */
export interface Found {
	/** Final URL after redirects. */
	readonly url: string;
	readonly status: number;
	readonly headers: IDataObject;
	readonly body: ByteStream;
	readonly isRedirected: boolean;
}

interface Following {
	watch: Watch;
	headers?: IDataObject;
	/** By default n8n's settings apply to every host. */
	mayBeInner?: MayBeInner;
}

/**
 * Requests a third-party URL without a token, follows redirects one by one and refuses private
 * addresses. `refuse` must throw; it is called for a private address or for too many redirects.
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
