import type { IDataObject } from 'n8n-workflow';

import { refuseCredential } from '../shared/connection/credentialText';

/** Stands for an invalid address; the name never resolves (RFC 6761). */
const NOWHERE = 'https://service-url.invalid';

/**
 * Steps that turn an address as users type it, with or without scheme and slash, into a base URL.
 * Empty input, `@me@host` and other schemes must not become a host, because that host would receive
 * the password.
 */
const STEPS: ReadonlyArray<readonly [what: RegExp, to: string]> = [
	[/^\s+|[\s/]+$/g, ''],
	[/^(?!https?:\/\/)[a-z][a-z0-9+.-]*:(?!\d).*$/is, ''],
	[/^(?!https?:\/\/)(?=.)/i, 'https://'],
	[/^(?!https?:\/\/(?:[^\s/?#@:[\]]+|\[[\da-f:.]+\])(?::\d+)?(?:\/[^\s?#@]*)?$).*$/is, NOWHERE],
];

export function serviceUrlOf(typed: string): string {
	const base = STEPS.reduce((url, [what, to]) => url.replace(what, to), typed);
	if (base !== NOWHERE) return base;
	const what = typed.trim() ? `is no address of a server: "${typed.trim()}"` : 'is empty';
	const message = `The field Service URL of the credential ${what}; usually it is https://bsky.social`;
	return refuseCredential('bluesky', 'serviceUrl', message);
}

export function serviceOf({ serviceUrl }: IDataObject): string {
	return serviceUrlOf(String(serviceUrl ?? ''));
}

/** The same steps as an n8n expression, for the credential test. */
export function serviceExpression(typed: string): string {
	const steps = STEPS.map(([what, to]) => `.replace(${String(what)}, ${JSON.stringify(to)})`);
	return `={{ (${typed} || "")${steps.join('')} }}`;
}
