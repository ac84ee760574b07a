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

/** The source as it may stand in an item: a signed URL is a secret, and has to be given again. */
export function withoutSecret(source: MediaSource): MediaSource {
	const { url } = source;
	if (url === undefined || !isSigned(url)) return source;
	const missing = `${nameIn(url)} was not kept, because its URL is signed: put "url" beside "missing" in Resume State`;
	return { ...without(source, 'url'), missing };
}
