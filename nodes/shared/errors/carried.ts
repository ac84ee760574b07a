import type { IDataObject } from 'n8n-workflow';

import type { Request } from '../contract/api';
import type { Call } from '../contract/http';
import { redact } from './redact';
import { secretsOfUrl } from './secretUrl';

/** Shorter ones, and points in time, stand in too many texts. */
const SHORTEST = 8;
const TIME = /^(?:\d{1,15}|\d{4}-?\d\d-?\d\d(?:T[\d:.]{4,20}Z?)?)$/i;
/** No request of ours is deeper, and no token in an answer. */
const DEEPEST = 8;

/** Fields in which platforms give tokens; one that leads to the next page lets nobody in. */
const TOKEN = /^(?!.*(?:next|prev|page|pagin|cursor|sync)).*(?:token|secret|password|jwt)$/i;

/**
 * What a request carries that lets somebody in, besides the token that it is signed with: in the
 * address as an answer named it, and what the adapter marks. Links and texts are the user's, who
 * wants to read them again.
 */
export function secretsSent({ path, secrets = [] }: Request): string[] {
	return [...secrets.filter(isTelling), ...secretsCarried(path)];
}

/** The same of what a request is signed with: the token in any form that is made of it. */
export function secretsSigned({ headers, query }: Pick<Call, 'headers' | 'query'>): string[] {
	const values = [...Object.values(headers ?? {}), ...Object.values(query ?? {})];
	return values.flatMap((value) => String(value).split(/\s+/)).filter(isTelling);
}

/** Whether one of the secrets stands in what is sent, in whatever form. */
export function isCarried(secrets: readonly string[], sent: IDataObject): boolean {
	return redact(sent, secrets.filter(isTelling)) !== sent;
}

/** What in the address of a file or an upload lets somebody in, as far as it can be known again. */
export function secretsCarried(url: string): string[] {
	return secretsOfUrl(url).filter(isTelling);
}

/** What an answer gives of that kind: the tokens of all pages, although only one of them is used. */
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
	if (typeof value !== 'object' || value === null) return [];
	if (Buffer.isBuffer(value) || depth > DEEPEST) return [];
	return Object.entries(value).flatMap(([key, one]) => textsIn(one, key, depth + 1));
}
