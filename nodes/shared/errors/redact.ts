import { coversOf, runsWith } from './base64';
import { layersOf, plainly } from './layers';
import { urlSecretsIn } from './secretUrl';
import { occurrences, replaced, type Find } from './spans';

/** Shorter secrets match too many words. */
const SHORTEST = 4;
/** The base64 form of a shorter secret matches too many words. */
const SHORTEST_IN_BASE64 = 8;
/** Deeper values are dropped, because a server may nest without end. */
const DEEPEST = 40;

/**
 * A copy of `value` with every secret replaced. Property names stay, because the core chose them.
 */
export function redact<T>(value: T, secrets: readonly unknown[]): T {
	return changed(value, { text: hiding(finding(secrets)), name: asItIs }, 0) as T;
}

/** Like `redact`, with property names included, because a server chose them. */
export function redactNames<T>(value: T, secrets: readonly unknown[]): T {
	const hide = hiding(finding(secrets));
	return changed(value, { text: hide, name: hide }, 0) as T;
}

/**
 * Like `redactNames`, for answers of platforms. Also hides secrets in URLs that only the platform
 * knows, such as links to next pages and signed URLs.
 */
export function redactReply<T>(value: T, secrets: readonly unknown[]): T {
	const known = finding(secrets);
	const hide = hiding((text) => [...known(text), ...urlSecretsIn(text)]);
	return changed(value, { text: hide, name: hide }, 0) as T;
}

/** Searches a text in all its decodings. */
function hiding(find: Find) {
	return (text: string) => replaced(text, layersOf(text), find);
}

function finding(secrets: readonly unknown[]): Find {
	const known = [...new Set(secrets)]
		.filter((secret): secret is string => typeof secret === 'string')
		// A secret pasted with a trailing newline is often sent and echoed without it.
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= SHORTEST);
	const forms = [...new Set(known.flatMap(formsOf))];
	const covers = [...new Set(known.flatMap(inBase64))];
	return (text) => [...forms.flatMap((form) => occurrences(text, form)), ...runsWith(text, covers)];
}

/** Form encoding writes a space as `+`; the decodings of `layersOf` handle the rest. */
function formsOf(secret: string) {
	return [secret, plainly(secret)].flatMap((one) => [one, one.replaceAll(' ', '+')]);
}

/** Basic authentication may use percent-encoded parts. */
function inBase64(secret: string) {
	if (secret.length < SHORTEST_IN_BASE64) return [];
	return [secret, encoded(secret)].flatMap(coversOf);
}

/** `encodeURIComponent` throws on lone surrogates. */
function encoded(secret: string) {
	return encodeURIComponent(secret.replace(/\p{Cs}/gu, ''));
}

/** What to do with texts and with property names. */
type Change = Record<'text' | 'name', (text: string) => string>;

function asItIs(name: string) {
	return name;
}

/** Returns the same object if nothing changes. */
function changed(value: unknown, change: Change, depth: number): unknown {
	if (typeof value === 'string') return change.text(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= DEEPEST) return '[nested too deeply]';
	if (Array.isArray(value)) {
		const items = value.map((one) => changed(one, change, depth + 1));
		return items.some((one, index) => one !== value[index]) ? items : value;
	}
	const fields = Object.entries(value).map(
		([name, one]) => [name, change.name(name), one, changed(one, change, depth + 1)] as const,
	);
	const isSame = fields.every(([name, next, one, other]) => name === next && one === other);
	return isSame ? value : Object.fromEntries(fields.map(([, name, , one]) => [name, one]));
}
