import type { IDataObject } from 'n8n-workflow';

import type { TokenData } from '../contract/authMethod';
import type { Platform } from '../contract/platform';
import { redactFailure, refuse, type KnownFailure } from '../errors/failure';
import { objectIn } from '../errors/objectIn';

/**
 * Answers of token endpoints. Some vendors send an error with status 200. n8n checks only the
 * status and merges the error into the stored token.
 */

/** An error instead of a token. */
export interface Refusal {
	/** The vendor's code, else its message. */
	reason: string;
	/** Codes and messages together. */
	said: string;
}

/** Words of temporary errors. */
export const PASSING = /unavailable|server_error|too_many|rate_?limit|slow_down|time_?out|gateway/i;

/** Fields of an error. `data` counts only if it holds an error code (TikTok). */
const FIELDS = ['error', 'errors', 'error_type', 'error_code', 'error_message', 'data'];
/** Values of these fields that mean success. */
const FINE = /^\s*(0+|ok|success|none|null)?\s*$/i;
/** Most characters of a quoted error. */
const LONGEST = 300;

/** Whether the data has a usable access token. */
export function isToken(data: unknown): data is TokenData {
	const { access_token } = objectIn(data);
	return typeof access_token === 'string' && access_token.trim() !== '';
}

/** The error in an answer; undefined if there is none. */
export function refusalIn(answer: unknown): Refusal | undefined {
	if (refusingIn(answer).length === 0) return undefined;
	const fields = objectIn(answer);
	const inner = { ...innerOf(fields.data), ...innerOf(fields.errors), ...innerOf(fields.error) };
	const codes = [fields.error, fields.error_type, inner.type, fields.error_code, inner.error_code];
	const texts = [fields.error_description, fields.error_message, inner.message, inner.description];
	const all = [...codes, inner.code, ...texts].filter(isTelling).map(String);
	const said = [...new Set(all)].join(': ').slice(0, LONGEST) || 'an error';
	return { reason: all[0] ?? said, said };
}

/**
 * Whether the stored data ends with an error. n8n merges each answer into the one before, so new
 * properties come last.
 */
export function endsInRefusal(stored: unknown): boolean {
	const names = Object.keys(objectIn(stored));
	const token = names.indexOf(Array.isArray(objectIn(stored).data) ? 'data' : 'access_token');
	return refusingIn(stored).some((name) => names.indexOf(name) > token);
}

/** The token without the fields of an earlier error. */
export function withoutRefusal<T extends IDataObject>(token: T): T {
	const left = Object.entries(token).filter(
		([name, value]) => !/^errors?(_|$)/.test(name) && !(name === 'data' && isFailed(name, value)),
	);
	return Object.fromEntries(left) as T;
}

/** The token of an answer with a good status; throws if it holds an error or no token. */
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
	const fields = objectIn(answer);
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

/** The fields of an object, or of the first object in a list. */
function innerOf(value: unknown): IDataObject {
	return objectIn(Array.isArray(value) ? (value[0] as unknown) : value);
}
