import type { IDataObject } from 'n8n-workflow';

import { refuseCredential } from '../shared/connection/credentialText';

/** Instead of what is no address: a name that leads nowhere (RFC 6761). */
const NOWHERE = 'https://service-url.invalid';

/**
 * The base URL as people write it, with or without scheme and slash, step by step to one. Nothing at
 * all, `@me@host` and other schemes must not become a host: it would get the password.
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

/** The same as an expression, for n8n's own test of the credential. */
export function serviceExpression(typed: string): string {
	const steps = STEPS.map(([what, to]) => `.replace(${String(what)}, ${JSON.stringify(to)})`);
	return `={{ (${typed} || "")${steps.join('')} }}`;
}
