import type { IDataObject } from 'n8n-workflow';

import type { TokenData } from '../contract/authMethod';
import type { Platform } from '../contract/platform';
import { redactFailure, refuse, type KnownFailure } from '../errors/failure';

/**
 * Answers of token endpoints. Some vendors refuse with status 200 and an error inside, and n8n looks
 * at the status alone: it lays what it got over the token it has.
 */

/** What a vendor says in the place of a token. */
export interface Refusal {
	/** The vendor's code, or else its words. */
	reason: string;
	/** All that it says. */
	said: string;
}

/** Words for what passes, in answers that otherwise look like a refusal. */
export const PASSING = /unavailable|server_error|too_many|rate_?limit|slow_down|time_?out|gateway/i;

/** Fields that say that something failed; `data` where it holds an error code, as TikTok's has. */
const FIELDS = ['error', 'errors', 'error_type', 'error_code', 'error_message', 'data'];
/** Codes in these fields that say that nothing failed. */
const FINE = /^\s*(0+|ok|success|none|null)?\s*$/i;
/** Nobody reads on. */
const LONGEST = 300;

/** Whether one can send something with it. */
export function isToken(data: unknown): data is TokenData {
	const { access_token } = fieldsOf(data);
	return typeof access_token === 'string' && access_token.trim() !== '';
}

/** The refusal in an answer; undefined where there is none. */
export function refusalIn(answer: unknown): Refusal | undefined {
	if (refusingIn(answer).length === 0) return undefined;
	const fields = fieldsOf(answer);
	const inner = { ...innerOf(fields.data), ...innerOf(fields.errors), ...innerOf(fields.error) };
	const codes = [fields.error, fields.error_type, inner.type, fields.error_code, inner.error_code];
	const texts = [fields.error_description, fields.error_message, inner.message, inner.description];
	const all = [...codes, inner.code, ...texts].filter(isTelling).map(String);
	const said = [...new Set(all)].join(': ').slice(0, LONGEST) || 'an error';
	return { reason: all[0] ?? said, said };
}

/**
 * Whether what was stored last is a refusal: n8n puts each answer over the one before, and fields
 * that were not there yet come to stand at the end.
 */
export function endsInRefusal(stored: unknown): boolean {
	const names = Object.keys(fieldsOf(stored));
	const token = names.indexOf(Array.isArray(fieldsOf(stored).data) ? 'data' : 'access_token');
	return refusingIn(stored).some((name) => names.indexOf(name) > token);
}

/** A token without what is left of a refusal before it. */
export function withoutRefusal<T extends IDataObject>(token: T): T {
	const left = Object.entries(token).filter(
		([name, value]) => !/^errors?(_|$)/.test(name) && !(name === 'data' && isFailed(name, value)),
	);
	return Object.fromEntries(left) as T;
}

/** The token that a good status came with, or the failure that stands in its place. */
export function granted(platform: Platform, answer: unknown, secrets: string[]): TokenData {
	const refusal = refusalIn(answer);
	if (!refusal && isToken(answer)) return answer;
	const passing = !refusal || PASSING.test(refusal.reason);
	const told: KnownFailure = {
		code: passing ? 'platform_unavailable' : 'platform_auth_failed',
		platform: platform.id,
		message: refusal
			? `${platform.name} gave an error in the place of a token: ${refusal.said}`
			: `${platform.name} answered the request for a token without one`,
	};
	return refuse(redactFailure(told, secrets));
}

function refusingIn(answer: unknown): string[] {
	const fields = fieldsOf(answer);
	return FIELDS.filter((name) => isFailed(name, fields[name]));
}

function isFailed(name: string, value: unknown): boolean {
	const inner = innerOf(value);
	if (name === 'data') return isTelling(inner.error_code);
	if (typeof value !== 'object') return value === true || isTelling(value);
	if (Array.isArray(value)) return value.length > 0;
	return Object.keys(inner).length > 0 && (isTelling(inner.code) || inner.code == null);
}

function isTelling(value: unknown): boolean {
	return (typeof value === 'string' || typeof value === 'number') && !FINE.test(String(value));
}

/** Of an object, or of the first one in a list. */
function innerOf(value: unknown): IDataObject {
	return fieldsOf(Array.isArray(value) ? (value[0] as unknown) : value);
}

function fieldsOf(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
}
