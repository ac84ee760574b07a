import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../contract/problem';
import { mended } from '../mended';

/** What turns up while the input is read: all of it is told at once. */
export interface Notes {
	readonly platform: string;
	readonly problems: Problem[];
	readonly warnings: string[];
}

/** A field as it stands in the node, and what that came to. */
export interface Given {
	readonly value: unknown;
	readonly raw: unknown;
}

/** A field's name for people, and the one in rules. */
export interface Field {
	readonly label: string;
	readonly name: string;
}

/** How much of a value is repeated in a message. */
const TOLD = 60;

export function notesFor(platform: string): Notes {
	return { platform, problems: [], warnings: [] };
}

export function blame({ platform, problems }: Notes, field: Field, check: string, what: string) {
	problems.push({ rule: `${platform}.${field.name}.${check}`, message: `${field.label} ${what}` });
}

/** The value is not what the field takes. */
export function mistype(notes: Notes, field: Field, value: unknown, wanted: string): undefined {
	blame(notes, field, 'type', `is ${told(value)}, not ${wanted}`);
}

export function warn({ platform, warnings }: Notes, { name }: Field, check: string, what: string) {
	warnings.push(`${what} [${platform}.${name}.${check}]`);
}

/** What stands inside of a field; all that an expression gives comes from it. */
export function inside({ value, raw }: Given, key: string | number): Given {
	return { value: at(value, key), raw: isExpression({ raw }) ? raw : at(raw, key) };
}

export function isExpression({ raw }: Pick<Given, 'raw'>): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** No list that people make is deeper. */
export const DEEPEST = 20;

/** `undefined`, `null`, blanks, what is cut out of texts, an empty list or one of all that. */
export function isNothing(value: unknown, depth = 0): boolean {
	if (Array.isArray(value)) {
		return depth < DEEPEST && value.every((one) => isNothing(one, depth + 1));
	}
	if (typeof value === 'string') return mended(value).trim() === '';
	return value === undefined || value === null;
}

/** Text with nothing to be seen but spaces and characters without a shape, such as U+200B. */
export function isUnseen(value: unknown): boolean {
	return typeof value === 'string' && /^[\s\p{Cf}]*$/u.test(value);
}

/** Numbers and switches become text on purpose, times their ISO form; undefined: there is no way. */
function textIn(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
	return isoOf(value);
}

/** The text of a field, without what no platform can store. */
export function readText(notes: Notes, field: Field, value: unknown): string {
	const text = textIn(value);
	if (text === undefined) {
		const rounded = typeof value === 'number' && Number.isFinite(value);
		const why = rounded ? 'text (a number so large has been rounded: give it as text)' : 'text';
		return mistype(notes, field, value, why) ?? '';
	}
	const whole = mended(text);
	if (whole !== text) {
		const what = `${field.label} had half characters or NUL in it, which are cut out`;
		warn(notes, field, 'characters', what);
	}
	return whole;
}

/** A value as it stands in a message. */
export function told(value: unknown): string {
	const kind = Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : '';
	const text = jsonOf(value);
	const short = text.length > TOLD ? `${text.slice(0, TOLD)}…` : text;
	return kind ? `${kind} (${short})` : short;
}

function at(value: unknown, key: string | number): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
	return (value as Record<string | number, unknown>)[key];
}

/** IDs of today are larger than numbers can tell apart. */
function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** Of a time, also of another luxon than ours, or of JavaScript's own. */
function isoOf(value: unknown): string | undefined {
	const time = value as { isLuxonDateTime?: boolean; isValid?: boolean; toISO?(): string | null };
	if (time.isLuxonDateTime && time.toISO) return time.toISO() ?? undefined;
	const isDate = Object.prototype.toString.call(value) === '[object Date]';
	return isDate && !isNaN(Number(value)) ? (value as Date).toISOString() : undefined;
}

function jsonOf(value: unknown): string {
	if (typeof value === 'number') return String(value);
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		// What is nested too deeply for JSON is so for its own name as well.
		return typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
	}
}
