/** `@user@host`, `host/path`, `https://host/` and the like, step by step to `https://host`. */
const STEPS: ReadonlyArray<readonly [what: RegExp, to: string]> = [
	[/^\s+|\s+$/g, ''],
	[/^(?!https?:\/\/)/i, 'https://'],
	[/^(https?:\/\/)[^/]*@/i, '$1'],
	[/^(https?:\/\/[^/?#]+).*$/i, '$1'],
];

/** The base URL of an instance, from what people type for it. */
export function instanceBase(typed: string): string {
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
