import type { IDataObject } from 'n8n-workflow';

/** All runs are later than this. */
const FIRST = Date.UTC(2026, 0);

/** Fields that have a new value in each run. */
const BY_NAME: Record<string, string> = {
	'idempotency-key': '<key>',
	appsecret_proof: '<proof>',
	fbtrace_id: '<trace>',
	log_id: '<trace>',
};

/** Values that are new in each run, in any field. */
const PATTERNS: ReadonlyArray<readonly [pattern: RegExp, placeholder: string]> = [
	[/eyJ[\w-]*\.[\w-]+\.[\w-]+/g, '<signed>'],
	[/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<key>'],
	[/\b[0-9a-f]{32,40}\b(?![0-9a-f])/g, '<key>'],
	[/(?<=\/signedId\/)[\w-]{12}/g, '<etag>'],
	[/\b\d{8}T\d{6}Z\b|(?<=\/)\d{8}(?=\/us-east-1\/)/g, '<time>'],
	[/\b2026[0-9A-F]{26}\b/g, '<trace>'],
	[/\/v\d+\.\d+\//g, '/<version>/'],
];

const TID = /(?<![a-z0-9])3[2-7a-z]{12}(?![a-z0-9])/g;
const TIME =
	/\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|(?<![\d.])1[7-9]\d{8}(?:\d{3})?(?![\d.])/g;

export interface Around {
	/** Base URLs of the servers, and secrets of the platforms, each with its placeholder. */
	known: ReadonlyArray<readonly [text: string, placeholder: string]>;
}

/**
 * Makes two runs comparable. Placeholders replace the addresses of the imitations, secrets,
 * signatures, random keys, times in every notation and the API version. Bluesky's record keys are
 * numbered in the order in which they occur, so that they stay distinct. All other ids are the same
 * in each run, because the imitations count from a fixed number.
 */
export function normalise<Value>(value: Value, { known }: Around): Value {
	const keys = new Map<string, string>();
	const numbered = (key: string) => {
		const name = keys.get(key) ?? `<record ${keys.size + 1}>`;
		keys.set(key, name);
		return name;
	};
	const inText = (text: string) =>
		PATTERNS.reduce(
			(all, [pattern, placeholder]) => all.replace(pattern, placeholder),
			known.reduce((all, [secret, placeholder]) => all.replaceAll(secret, placeholder), text),
		)
			.replace(TIME, (time) => (isNow(time) ? '<time>' : time))
			.replace(TID, numbered);
	return mapped(value, inText) as Value;
}

function mapped(value: unknown, inText: (text: string) => string): unknown {
	if (typeof value === 'string') return inText(value);
	if (typeof value === 'number') return inText(String(value)) === '<time>' ? '<time>' : value;
	if (Array.isArray(value)) return value.map((one) => mapped(one, inText));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value as IDataObject).map(([name, one]) => [
			inText(name),
			BY_NAME[name] ?? mapped(one, inText),
		]),
	);
}

/** Whether a time depends on when the node runs; the workflows themselves contain earlier times. */
function isNow(text: string): boolean {
	const ms = /^\d+$/.test(text) ? Number(text.padEnd(13, '0')) : Date.parse(text);
	return ms >= FIRST;
}
