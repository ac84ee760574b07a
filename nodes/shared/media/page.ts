import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import { follow } from '../http/follow';
import { stopOf } from '../http/stop';
import { watch } from '../http/watch';

export interface Page {
	/** Where it stands in the end. */
	url: string;
	contentType?: string;
	bytes: AsyncIterable<Buffer>;
}

/** A page on the web; fails where there is none to be read. */
export async function openPage(fn: IExecuteFunctions, url: string): Promise<Page> {
	const watched = watch(stopOf(fn, 'crosspost').signal, bounds.page.most);
	watched.allow(bounds.page.most);
	const headers = { accept: 'text/html,application/xhtml+xml' };
	const found = await follow(fn, url, { watch: watched, headers }, unread);
	if (!isPage(found.status, found.headers)) {
		found.body.destroy();
		unread(url);
	}
	const type = found.headers['content-type'];
	return {
		url: found.url,
		bytes: watched.pieces(found.body, () => unread(url)),
		...(typeof type === 'string' && { contentType: type }),
	};
}

/** Nobody is told: a link without a card is a link. */
function unread(url: string): never {
	throw new Error(`No page was read at ${url}`);
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
