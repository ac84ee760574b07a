import type { IDataObject } from 'n8n-workflow';

/** The base URL as people write it, with or without scheme and slash, step by step to one. */
const STEPS: ReadonlyArray<readonly [what: RegExp, to: string]> = [
	[/^\s+|[\s/]+$/g, ''],
	[/^$/, 'bsky.social'],
	[/^(?!https?:\/\/)/i, 'https://'],
];

export function serviceUrlOf(typed: string): string {
	return STEPS.reduce((url, [what, to]) => url.replace(what, to), typed);
}

export function serviceOf({ serviceUrl }: IDataObject): string {
	return serviceUrlOf(String(serviceUrl ?? ''));
}

/** The same as an expression, for n8n's own test of the credential. */
export function serviceExpression(typed: string): string {
	const steps = STEPS.map(([what, to]) => `.replace(${String(what)}, ${JSON.stringify(to)})`);
	return `={{ (${typed} || "")${steps.join('')} }}`;
}
