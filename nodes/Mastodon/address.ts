import { refuseCredential } from '../shared/connection/credentialText';

/** Stands for an invalid address; the name never resolves (RFC 6761). */
const NOWHERE = 'https://instance-url.invalid';

/**
 * Steps that turn `@user@host`, `host/path`, `https://host/` and the like into `https://host`.
 * Empty input and other schemes, such as `ftp://host`, must not become a host, because that host
 * would receive the token.
 */
const STEPS: ReadonlyArray<readonly [what: RegExp, to: string]> = [
	[/^\s+|\s+$/g, ''],
	[/^(?!https?:\/\/)[a-z][a-z0-9+.-]*:(?!\d).*$/is, ''],
	[/^(?!https?:\/\/)(?=.)/i, 'https://'],
	[/^(https?:\/\/)[^/]*@/i, '$1'],
	[/^(https?:\/\/[^/?#]+).*$/i, '$1'],
	[/^(?!https?:\/\/(?:[^\s/?#@:[\]]+|\[[\da-f:.]+\])(?::\d+)?$).*$/is, NOWHERE],
];

/** Returns an instance's base URL for the user's input; throws if the input is not an address. */
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

/** Returns the server's name without any request or error. */
export function instanceHost(typed: string): string {
	return baseIn(typed).replace(/^https?:\/\//i, '');
}

function baseIn(typed: string): string {
	return STEPS.reduce((text, [what, to]) => text.replace(what, to), typed);
}

/** The same steps as an n8n expression inside the credential, followed by a path. */
export function instanceExpression(path: string): string {
	return baseExpression('$self.instanceUrl', path);
}

/** The same steps, applied to the value of another expression. */
export function baseExpression(typed: string, path: string): string {
	const steps = STEPS.map(([what, to]) => `.replace(${String(what)}, ${JSON.stringify(to)})`);
	return `={{ (${typed} || "")${steps.join('')} }}${path}`;
}
