import { coversOf, runsWith } from './base64';
import { layersOf, plainly } from './layers';
import { urlSecretsIn } from './secretUrl';
import { occurrences, replaced, type Find } from './spans';

/** Shorter ones stand in too many words. */
const SHORTEST = 4;
/** Whose base64 is so short that other words may have it in them. */
const SHORTEST_IN_BASE64 = 8;
/** What is deeper in an answer helps nobody, and a server may nest without end. */
const DEEPEST = 40;

/** A copy of `value` in which every secret is replaced; the names of its fields are the core's own. */
export function redact<T>(value: T, secrets: readonly unknown[]): T {
	return changed(value, { text: hiding(finding(secrets)), name: asItIs }, 0) as T;
}

/** The same where a server has chosen the names as well, which may be echoes too. */
export function redactNames<T>(value: T, secrets: readonly unknown[]): T {
	const hide = hiding(finding(secrets));
	return changed(value, { text: hide, name: hide }, 0) as T;
}

/**
 * The same for what a platform says: it may echo URLs with a secret that nobody else knows, such as
 * links to next pages and signed URLs that it was to fetch from.
 */
export function redactReply<T>(value: T, secrets: readonly unknown[]): T {
	const known = finding(secrets);
	const hide = hiding((text) => [...known(text), ...urlSecretsIn(text)]);
	return changed(value, { text: hide, name: hide }, 0) as T;
}

/** However a text is encoded, it is searched as it reads after each decoding. */
function hiding(find: Find) {
	return (text: string) => replaced(text, layersOf(text), find);
}

function finding(secrets: readonly unknown[]): Find {
	const known = [...new Set(secrets)]
		.filter((secret): secret is string => typeof secret === 'string')
		// What was pasted with a line's end is often sent, and echoed, without.
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= SHORTEST);
	const forms = [...new Set(known.flatMap(formsOf))];
	const covers = [...new Set(known.flatMap(inBase64))];
	return (text) => [...forms.flatMap((form) => occurrences(text, form)), ...runsWith(text, covers)];
}

/** Other encodings are undone in the text; a form has `+` for a space, which may be one. */
function formsOf(secret: string) {
	return [secret, plainly(secret)].flatMap((one) => [one, one.replaceAll(' ', '+')]);
}

/** Basic authentication is made of encoded parts, too. */
function inBase64(secret: string) {
	if (secret.length < SHORTEST_IN_BASE64) return [];
	return [secret, encoded(secret)].flatMap(coversOf);
}

/** Half of a character cannot stand in a URL. */
function encoded(secret: string) {
	return encodeURIComponent(secret.replace(/\p{Cs}/gu, ''));
}

/** What becomes of a text, and of the name of a field. */
type Change = Record<'text' | 'name', (text: string) => string>;

function asItIs(name: string) {
	return name;
}

/** The very value where nothing in it changes. */
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
