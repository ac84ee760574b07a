import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../contract/problem';
import { mended } from '../mended';

/** Problems and warnings found while reading input. */
export interface Notes {
	readonly platform: string;
	readonly problems: Problem[];
	readonly warnings: string[];
}

/** A field's evaluated value and its raw parameter. */
export interface Given {
	readonly value: unknown;
	readonly raw: unknown;
}

/** A field's name for messages, and its name in rule IDs. */
export interface Field {
	readonly label: string;
	readonly name: string;
}

/** Most characters of a quoted value. */
const TOLD = 60;

export function notesFor(platform: string): Notes {
	return { platform, problems: [], warnings: [] };
}

/**
 * Notes a problem with the rule `platform.field.check`; the message is the field's label and
 * `what`.
 */
export function blame({ platform, problems }: Notes, field: Field, check: string, what: string) {
	problems.push({ rule: `${platform}.${field.name}.${check}`, message: `${field.label} ${what}` });
}

/** Notes that the value has the wrong type. */
export function mistype(notes: Notes, field: Field, value: unknown, wanted: string): undefined {
	blame(notes, field, 'type', `is ${told(value)}, not ${wanted}`);
}

/** Notes a warning; `what` is a whole sentence. */
export function warn({ platform, warnings }: Notes, { name }: Field, check: string, what: string) {
	warnings.push(`${what} [${platform}.${name}.${check}]`);
}

/** A property of a field. If the field is an expression, so is the property. */
export function inside({ value, raw }: Given, key: string | number): Given {
	return { value: at(value, key), raw: isExpression({ raw }) ? raw : at(raw, key) };
}

/** Whether the raw parameter is an n8n expression. */
export function isExpression({ raw }: Pick<Given, 'raw'>): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

export function isPlainObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Most nested lists in a value. */
export const DEEPEST = 20;

/**
 * Whether a value is undefined, null, blank, or a list of only such values. Characters that are
 * removed from texts count as blank.
 */
export function isNothing(value: unknown, depth = 0): boolean {
	if (Array.isArray(value)) {
		return depth < DEEPEST && value.every((one) => isNothing(one, depth + 1));
	}
	if (typeof value === 'string') return mended(value).trim() === '';
	return value === undefined || value === null;
}

/** Whether a text has only spaces and invisible characters such as U+200B. */
export function isUnseen(value: unknown): boolean {
	return typeof value === 'string' && /^[\s\p{Cf}]*$/u.test(value);
}

/** Converts numbers, booleans and times (to ISO 8601) to text; undefined for other types. */
function textIn(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
	return isoOf(value);
}

/** The text of a field without characters that platforms cannot store. */
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

/** A short form of a value for messages. */
export function told(value: unknown): string {
	const kind = Array.isArray(value) ? 'a list' : isPlainObject(value) ? 'an object' : '';
	const text = jsonOf(value);
	const short = text.length > TOLD ? `${text.slice(0, TOLD)}…` : text;
	return kind ? `${kind} (${short})` : short;
}

function at(value: unknown, key: string | number): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
	return (value as Record<string | number, unknown>)[key];
}

/** Large integers have lost digits; IDs are often that large. */
function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** A Luxon time, also of another Luxon version, or a Date. */
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
		// A value nested too deeply for JSON.
		return typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
	}
}
