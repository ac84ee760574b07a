import { types } from 'node:util';

import { readings } from './decodings';

/**
 * This many characters of a secret's start or end are a leak too, as when a text was cut before it
 * was cleaned.
 */
const PART = 12;

/** Returns the texts in a value that contain any of these secrets, in any encoding. */
export function leaksIn(value: unknown, secrets: readonly string[]): string[] {
	const parts = secrets.flatMap((secret) => [secret, ...partsOf(secret)]);
	const leak = (text: string) => {
		for (const reading of readings(text)) {
			const told = parts.find((part) => reading.includes(part));
			if (told !== undefined) return [`${told} in ${around(text)}`];
		}
		return [];
	};
	return [...textsIn(value)].flatMap(leak);
}

function partsOf(secret: string) {
	return secret.length < 2 * PART ? [] : [secret.slice(0, PART), secret.slice(-PART)];
}

function around(text: string) {
	return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/**
 * Collects every text in a value: keys, values, hidden properties of errors, causes, maps, sets and
 * bytes.
 */
export function textsIn(value: unknown): Set<string> {
	const texts = new Set<string>();
	const seen = new Set<object>();
	const waiting: unknown[] = [value];
	while (waiting.length > 0) {
		const one = waiting.pop();
		if (['string', 'number', 'bigint', 'symbol'].includes(typeof one)) texts.add(String(one));
		if (typeof one !== 'object' || one === null || seen.has(one)) continue;
		seen.add(one);
		waiting.push(...partsIn(one));
	}
	return texts;
}

function partsIn(one: object): unknown[] {
	if (types.isUint8Array(one)) return [Buffer.from(one).toString()];
	const inside = types.isMap(one) || types.isSet(one) ? [...one.entries()].flat() : [];
	// Skips the node that n8n adds to an error: it is the author's own data from the workflow.
	const keys = Reflect.ownKeys(one).filter((key) => !(types.isNativeError(one) && key === 'node'));
	const own = keys.flatMap((key) => [key, Reflect.get(one, key) as unknown]);
	const described = types.isNativeError(one)
		? [one.message, one.stack, String(one), one.cause]
		: [];
	return [...inside, ...own, ...described];
}
