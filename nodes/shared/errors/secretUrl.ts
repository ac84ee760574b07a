import { layersOf } from './layers';
import { replaced, type Span } from './spans';

/**
 * What makes a URL a secret: whoever has it is let in. The one list for messages, for what platforms
 * answer, and for what `resume` keeps.
 */

/** Parameters of services that let in whoever has the URL; bounded, since texts may be long. */
const NAMES = [
	String.raw`x-(?:amz|goog|oss|obs|cos|ms)-[\w-]{1,60}`,
	String.raw`[\w-]{0,40}(?:signature|token|credential|secret|password|passwd)[\w-]{0,40}`,
	...['sig', 'sign', 'hmac', 'jwt', 'hash', 'sas', 'expires', 'policy'],
	...['key-pair-id', 'auth', 'authorization', 'api_?key', 'access_?key', 'key', 'code', 'pwd'],
	// Discord, Dropbox, Google Drive, Meta, LinkedIn.
	...['hm', 'rlkey', 'resourcekey', 'oh', 'session(?:_?id)?', 'sid', 'ticket', 'ut'],
].join('|');

const PARAMETER = new RegExp(`^(?:${NAMES})$`, 'i');

/** `/bot123456:AAF…/photo.jpg`: Telegram has the bot's token in the path. */
const TOKEN_IN_PATH = /\/bot\d+:[\w-]+/i;

/** Parts of URLs inside of a text, in a query or a fragment. */
const IN_TEXT = new RegExp(String.raw`([?&#;](?:${NAMES})=)[^&#"'\s\\<>]+`, 'gi');
/** Bounded, since a text may be all of one letter. */
const USER_IN_TEXT = /(\bhttps?:\/\/)[^\s/?#@"'<>]{1,500}(?<at>@)/gi;
const PATH_IN_TEXT = /(\/bot\d{1,20}:)[\w-]{1,200}/gi;

/** Whether a URL lets in whoever has it. */
export function isSecretUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { username, password, searchParams, hash, pathname } = new URL(url);
	const fragment = new URLSearchParams(hash.slice(1));
	const names = [...searchParams.keys(), ...fragment.keys()];
	return (
		Boolean(username || password) ||
		TOKEN_IN_PATH.test(pathname) ||
		names.some((name) => PARAMETER.test(name))
	);
}

/** What in a URL lets somebody in, as it is without its encoding. */
export function secretsOfUrl(url: string): string[] {
	if (!URL.canParse(url)) return [];
	const { username, password, searchParams, hash } = new URL(url);
	const fields = [...searchParams, ...new URLSearchParams(hash.slice(1))];
	return [decoded(username), decoded(password), ...secretsNamed(fields)];
}

/** The values of fields, as of a form, whose names say that they let somebody in. */
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

/** A text in which the secret parts of every URL are replaced, however it is encoded. */
export function withoutUrlSecrets(text: string): string {
	return replaced(text, layersOf(text), urlSecretsIn);
}

/** Where the secret parts of URLs stand in a text that is not encoded. */
export function urlSecretsIn(text: string): Span[] {
	const found = [IN_TEXT, USER_IN_TEXT, PATH_IN_TEXT].flatMap((part) => [...text.matchAll(part)]);
	return found.map(({ 0: all, 1: before, index, groups }) => [
		index + before.length,
		index + all.length - (groups?.at?.length ?? 0),
	]);
}
