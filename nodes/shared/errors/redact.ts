import { withoutUrlSecrets } from './secretUrl';

/** Shorter ones stand in too many words. */
const SHORTEST = 4;
/** What is deeper in an answer helps nobody, and a server may nest without end. */
const DEEPEST = 40;

const HTML: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** A copy of `value` in which every secret is replaced; for all that leaves the core. */
export function redact<T>(value: T, secrets: readonly unknown[]): T {
	return changed(value, hiding(secrets), 0) as T;
}

/**
 * The same for what a platform says: it may echo URLs with a secret that nobody else knows, such as
 * links to next pages and signed URLs that it was to fetch from.
 */
export function redactReply<T>(value: T, secrets: readonly unknown[]): T {
	const hide = hiding(secrets);
	return changed(value, (text) => withoutUrlSecrets(hide(text)), 0) as T;
}

function hiding(secrets: readonly unknown[]) {
	const forms = secrets
		.filter((secret): secret is string => typeof secret === 'string')
		.filter((secret) => secret.trim().length >= SHORTEST)
		.flatMap(formsOf)
		// A longer one may have a shorter one in it.
		.sort((a, b) => b.length - a.length);
	const all = [...new Set(forms)];
	return (text: string) => all.reduce((rest, form) => rest.split(form).join('[hidden]'), text);
}

/** A secret as servers and programs write it: in URLs, forms, HTML, JSON and Basic authentication. */
function formsOf(secret: string): string[] {
	const inUrl = encoded(secret);
	return [
		secret,
		inUrl,
		inUrl.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
		inUrl.replace(/%20/g, '+'),
		new URLSearchParams({ a: secret }).toString().slice(2),
		secret.replace(/[&<>"']/g, (one) => HTML[one]),
		JSON.stringify(secret).slice(1, -1),
		...(secret.includes(':') ? [Buffer.from(secret).toString('base64')] : []),
	];
}

/** Half of a character cannot stand in a URL. */
function encoded(secret: string) {
	return encodeURIComponent(secret.replace(/\p{Cs}/gu, ''));
}

/** The very value where nothing in it changes. */
function changed(value: unknown, change: (text: string) => string, depth: number): unknown {
	if (typeof value === 'string') return change(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= DEEPEST) return '[nested too deeply]';
	if (Array.isArray(value)) {
		const items = value.map((one) => changed(one, change, depth + 1));
		return items.some((one, index) => one !== value[index]) ? items : value;
	}
	const fields = Object.entries(value).map(
		([name, one]) => [name, change(name), one, changed(one, change, depth + 1)] as const,
	);
	const isSame = fields.every(([name, next, one, other]) => name === next && one === other);
	return isSame ? value : Object.fromEntries(fields.map(([, name, , one]) => [name, one]));
}
