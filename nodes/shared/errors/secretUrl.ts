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
	// Discord, Dropbox, Google Drive, Meta.
	...['hm', 'rlkey', 'resourcekey', 'oh', 'session(?:_?id)?', 'sid', 'ticket'],
].join('|');

const PARAMETER = new RegExp(`^(?:${NAMES})$`, 'i');

/** `/bot123456:AAF…/photo.jpg`: Telegram has the bot's token in the path. */
const TOKEN_IN_PATH = /\/bot\d+:[\w-]+/i;

/** Parts of URLs inside of a text, in a query or a fragment. */
const IN_TEXT = new RegExp(String.raw`([?&#;](?:${NAMES})=)[^&#"'\s\\<>]+`, 'gi');
/** Bounded, since a text may be all of one letter. */
const USER_IN_TEXT = /(\bhttps?:\/\/)[^\s/?#@"'<>]{1,500}@/gi;
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

/** A text in which the secret parts of every URL are replaced. */
export function withoutUrlSecrets(text: string): string {
	return text
		.replace(IN_TEXT, '$1[hidden]')
		.replace(USER_IN_TEXT, '$1[hidden]@')
		.replace(PATH_IN_TEXT, '$1[hidden]');
}
