import type { IDataObject } from 'n8n-workflow';

import type { Request } from '../contract/api';
import type { Call } from '../contract/http';
import { isObject } from './objectIn';
import { redact } from './redact';
import { secretsOfUrl } from './secretUrl';

/** Shorter values, and times, are too common to hide. */
const SHORTEST = 8;
const TIME = /^(?:\d{1,15}|\d{4}-?\d\d-?\d\d(?:T[\d:.]{4,20}Z?)?)$/i;
/** Requests and token answers are never deeper. */
const DEEPEST = 8;

/** Names of fields that hold tokens; pagination tokens are not secret. */
const TOKEN = /^(?!.*(?:next|prev|page|pagin|cursor|sync)).*(?:token|secret|password|jwt)$/i;

/**
 * Secrets in a request besides its signature: in the URL, which may come from an answer, and those
 * the adapter names. Texts and links of the user stay readable.
 */
export function secretsSent({ path, secrets = [] }: Request): string[] {
	return [...secrets.filter(isTelling), ...secretsCarried(path)];
}

/** Secrets in the signature: the token in any derived form. */
export function secretsSigned({ headers, query }: Pick<Call, 'headers' | 'query'>): string[] {
	const values = [...Object.values(headers ?? {}), ...Object.values(query ?? {})];
	return values.flatMap((value) => String(value).split(/\s+/)).filter(isTelling);
}

/** Whether the data contains one of the secrets, in any encoding. */
export function isCarried(secrets: readonly string[], sent: IDataObject): boolean {
	return redact(sent, secrets.filter(isTelling)) !== sent;
}

/** Secrets in the URL of a file or an upload. */
export function secretsCarried(url: string): string[] {
	return secretsOfUrl(url).filter(isTelling);
}

/** Secrets in an answer, such as the tokens of all Pages when only one is used. */
export function secretsGiven(body: unknown): string[] {
	const tokens = textsIn(body).filter(({ name }) => TOKEN.test(name));
	return tokens.map(({ text }) => text).filter(isTelling);
}

function isTelling(secret: string) {
	return secret.length >= SHORTEST && !TIME.test(secret);
}

interface Field {
	name: string;
	text: string;
}

function textsIn(value: unknown, name = '', depth = 0): Field[] {
	if (typeof value === 'string') return [{ name, text: value }];
	if (!isObject(value)) return [];
	if (Buffer.isBuffer(value) || depth > DEEPEST) return [];
	return Object.entries(value).flatMap(([key, one]) => textsIn(one, key, depth + 1));
}
