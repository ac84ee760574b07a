import type { IDataObject } from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import { isSecretUrl } from '../errors/secretUrl';
import { without } from '../without';

/** The file name in a URL, for platforms and messages. */
export function nameIn(url: string): string {
	const last = url
		.replace(/[?#].*$/s, '')
		.split('/')
		.pop();
	return last && /\.\w+$/.test(last) ? last : 'media';
}

/**
 * Options for a Resume State, without signed URLs: these belong to the first post, which is
 * published.
 */
export function withoutSigned(options: IDataObject): IDataObject {
	const signed = (value: unknown) => typeof value === 'string' && isSecretUrl(value.trim());
	return Object.fromEntries(Object.entries(options).filter(([, value]) => !signed(value)));
}

/** A source for a Resume State. A signed URL is secret, so the user has to give it again. */
export function withoutSecret(source: MediaSource): MediaSource {
	const { url } = source;
	if (url === undefined || !isSecretUrl(url)) return source;
	const missing = `${nameIn(url)} was not kept, because its URL is signed: put "url" beside "missing" in Resume State`;
	return { ...without(source, 'url'), missing };
}
