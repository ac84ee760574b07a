import { layersOf } from './layers';
import { replaced, type Span } from './spans';

/**
 * Secret URLs: knowing one gives access. Messages, answers of platforms and the Resume State all
 * use this list.
 */

/** Query parameters that hold secrets. Lengths are bounded, because texts may be long. */
const NAMES = [
	String.raw`x-(?:amz|goog|oss|obs|cos|ms)-[\w-]{1,60}`,
	String.raw`[\w-]{0,40}(?:signature|token|credential|secret|password|passwd)[\w-]{0,40}`,
	...['sig', 'sign', 'hmac', 'jwt', 'hash', 'sas', 'expires', 'policy', 'oauth_verifier'],
	...['key-pair-id', 'auth', 'authorization', 'key', 'code', 'pwd', 'pass'],
	'(?:x[_-])?(?:api|access|auth|[a-z-]{0,20}subscription)[_-]?key',
	// Discord, Dropbox, Google Drive, Meta, LinkedIn.
	...['hm', 'rlkey', 'resourcekey', 'oh', 'j?session(?:_?id)?', 'phpsessid', 'sid', 'ticket', 'ut'],
].join('|');

/** Form fields may be nested: `data[token]`. */
const NAME = String.raw`(?:[\w[\]-]{1,40}\[)?(?:${NAMES})\]?`;
const PARAMETER = new RegExp(`^${NAME}$`, 'i');

/** Paths that hold secrets. */
const PATHS = [
	// Telegram: `/bot123456:AAF…/photo.jpg`.
	String.raw`(\/bot\d{1,20}:)[\w-]{1,200}`,
	String.raw`(\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{1,200}`,
	String.raw`(\bdiscord(?:app)?\.com\/api\/(?:v\d{1,3}\/)?webhooks\/\d{1,30}\/)[\w-]{1,200}`,
	String.raw`(;jsessionid=)[\w.!-]{1,200}`,
].map((path) => new RegExp(path, 'gi'));

/** Secret parameters of URLs within a text, in query or fragment. */
const IN_TEXT = new RegExp(String.raw`([?&#;]${NAME}=)[^&#"'\s\\<>]+`, 'gi');
/** Bounded, because a text may be one long run of letters. */
const USER_IN_TEXT = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]{1,500}(?<at>@)/gi;

/** Whether knowing the URL gives access. */
export function isSecretUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { username, password, searchParams, hash } = new URL(url);
	const fragment = new URLSearchParams(hash.slice(1));
	const names = [...searchParams.keys(), ...fragment.keys()];
	return (
		Boolean(username || password) ||
		secretsInPath(url).length > 0 ||
		names.some((name) => PARAMETER.test(name)) ||
		// Covers what messages hide, such as parameters after a semicolon.
		withoutUrlSecrets(url) !== url
	);
}

/** Secret parts of a URL, decoded. */
export function secretsOfUrl(url: string): string[] {
	if (!URL.canParse(url)) return [];
	const { username, password, searchParams, hash } = new URL(url);
	const fields = [...searchParams, ...new URLSearchParams(hash.slice(1))];
	const inUrl = [decoded(username), decoded(password), ...secretsNamed(fields)];
	return [...inUrl, ...secretsInPath(url).map(decoded)];
}

function secretsInPath(url: string): string[] {
	const { host, pathname } = new URL(url);
	const place = host + pathname;
	return PATHS.flatMap((path) => [...place.matchAll(path)]).map(([all, before = '']) =>
		all.slice(before.length),
	);
}

/** Values of fields whose names mean a secret. */
export function secretsNamed(fields: ReadonlyArray<readonly [name: string, value: string]>) {
	return fields.filter(([name]) => PARAMETER.test(name)).map(([, value]) => value);
}

function decoded(part: string) {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** Replaces the secret parts of every URL in a text, in any encoding. */
export function withoutUrlSecrets(text: string): string {
	return replaced(text, layersOf(text), urlSecretsIn);
}

/** Spans of secret URL parts in a text without further encoding. */
export function urlSecretsIn(text: string): Span[] {
	const found = [IN_TEXT, USER_IN_TEXT, ...PATHS].flatMap((part) => [...text.matchAll(part)]);
	return found.map(({ 0: all, 1: before = '', index, groups }) => [
		index + before.length,
		index + all.length - (groups?.at?.length ?? 0),
	]);
}
