import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import { follow } from '../http/follow';
import { stopOf } from '../http/stop';
import { watch } from '../http/watch';

export interface Page {
	/** Final URL after redirects. */
	url: string;
	contentType?: string;
	bytes: AsyncIterable<Buffer>;
}

/** Opens a web page; throws if it cannot be read. */
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

/** Never shown to users: the link is then posted without a card. */
function unread(url: string): never {
	throw new Error(`No page was read at ${url}`);
}

/** Cloudflare marks a challenge page by a header. */
function isPage(status: number, headers: IDataObject): boolean {
	const type = String(headers['content-type'] ?? 'text/html');
	return (
		status >= 200 &&
		status <= 299 &&
		/html|xml/i.test(type) &&
		headers['cf-mitigated'] === undefined
	);
}
