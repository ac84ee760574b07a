import { refuseCredential } from '../shared/connection/credentialText';

/** Instead of what is no address: a name that leads nowhere (RFC 6761). */
const NOWHERE = 'https://instance-url.invalid';

/**
 * `@user@host`, `host/path`, `https://host/` and the like, step by step to `https://host`. Nothing at
 * all and other schemes, such as `ftp://host`, must not become a host: it would get the token.
 */
const STEPS: ReadonlyArray<readonly [what: RegExp, to: string]> = [
	[/^\s+|\s+$/g, ''],
	[/^(?!https?:\/\/)[a-z][a-z0-9+.-]*:(?!\d).*$/is, ''],
	[/^(?!https?:\/\/)(?=.)/i, 'https://'],
	[/^(https?:\/\/)[^/]*@/i, '$1'],
	[/^(https?:\/\/[^/?#]+).*$/i, '$1'],
	[/^(?!https?:\/\/(?:[^\s/?#@:[\]]+|\[[\da-f:.]+\])(?::\d+)?$).*$/is, NOWHERE],
];

/** The base URL of an instance, from what people type for it. */
export function instanceBase(typed: string): string {
	const base = baseIn(typed);
	if (base !== NOWHERE) return base;
	const what = typed.trim() ? `is no address of a server: "${typed.trim()}"` : 'is empty';
	return refuseCredential(
		'mastodon',
		'instanceUrl',
		`The field Instance URL of the credential ${what}`,
	);
}

/** The server's name, for what asks nobody. */
export function instanceHost(typed: string): string {
	return baseIn(typed).replace(/^https?:\/\//i, '');
}

function baseIn(typed: string): string {
	return STEPS.reduce((text, [what, to]) => text.replace(what, to), typed);
}

/** The same as an expression inside the credential, followed by a path. */
export function instanceExpression(path: string): string {
	return baseExpression('$self.instanceUrl', path);
}

/** The same of what another expression gives. */
export function baseExpression(typed: string, path: string): string {
	const steps = STEPS.map(([what, to]) => `.replace(${String(what)}, ${JSON.stringify(to)})`);
	return `={{ (${typed} || "")${steps.join('')} }}${path}`;
}
