import type { IDataObject } from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import { isSecretUrl } from '../errors/secretUrl';
import { without } from '../without';

/** The file's name in a URL, for platforms and messages. */
export function nameIn(url: string): string {
	const last = url
		.replace(/[?#].*$/s, '')
		.split('/')
		.pop();
	return last && /\.\w+$/.test(last) ? last : 'media';
}

/** Options as they may stand in an item: signed URLs are of use to the first post only, and that is out. */
export function withoutSigned(options: IDataObject): IDataObject {
	const signed = (value: unknown) => typeof value === 'string' && isSecretUrl(value.trim());
	return Object.fromEntries(Object.entries(options).filter(([, value]) => !signed(value)));
}

/** The source as it may stand in an item: a signed URL is a secret, and has to be given again. */
export function withoutSecret(source: MediaSource): MediaSource {
	const { url } = source;
	if (url === undefined || !isSecretUrl(url)) return source;
	const missing = `${nameIn(url)} was not kept, because its URL is signed: put "url" beside "missing" in Resume State`;
	return { ...without(source, 'url'), missing };
}
