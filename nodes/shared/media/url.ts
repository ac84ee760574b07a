import type { IDataObject } from 'n8n-workflow';

import { without } from '../without';
import type { MediaSource } from './media';

/** The file's name in a URL, for platforms and messages. */
export function nameIn(url: string): string {
	const last = url
		.replace(/[?#].*$/s, '')
		.split('/')
		.pop();
	return last && /\.\w+$/.test(last) ? last : 'media';
}

/** Parameters by which storage services and n8n let in whoever has the URL. */
const SIGNS =
	/^(?:x-(?:amz|goog|oss|obs|cos|ms)-.+|.*(?:signature|token|credential|secret|password).*|sig|sign|hmac|jwt|expires|policy|key-pair-id|auth|authorization|api_?key)$/i;

function isSigned(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { username, password, searchParams } = new URL(url);
	return Boolean(username || password) || [...searchParams.keys()].some((name) => SIGNS.test(name));
}

/** Options as they may stand in an item: signed URLs are of use to the first post only, and that is out. */
export function withoutSigned(options: IDataObject): IDataObject {
	const signed = (value: unknown) => typeof value === 'string' && isSigned(value.trim());
	return Object.fromEntries(Object.entries(options).filter(([, value]) => !signed(value)));
}

/** The source as it may stand in an item: a signed URL is a secret, and has to be given again. */
export function withoutSecret(source: MediaSource): MediaSource {
	const { url } = source;
	if (url === undefined || !isSigned(url)) return source;
	const missing = `${nameIn(url)} was not kept, because its URL is signed: put "url" beside "missing" in Resume State`;
	return { ...without(source, 'url'), missing };
}
