import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge, SpecRequest } from './model';

interface Item {
	item?: Item[];
	request?: {
		method: string;
		url: { raw: string; query?: Array<{ key: string }> };
		body?: { urlencoded?: Array<{ key: string }>; formdata?: Array<{ key: string }> };
	};
}

interface Collection {
	item: Item[];
	variable: Array<{ key: string; value: string }>;
}

interface Known {
	method: string;
	path: string;
	parameters: Set<string>;
}

const EVERYWHERE = ['access_token', 'fields', 'limit', 'before', 'after', 'since', 'until'];

/** Documented at https://developers.facebook.com/docs/threads/reference/publishing, newer than the file. */
const NEWER = [
	'allowlisted_country_codes',
	'crossreshare_to_ig',
	'crossreshare_to_ig_dark_mode',
	'enable_reply_approvals',
	'is_spoiler_media',
	'quote_post_id',
];

const LEFT_OUT: Record<string, string> = {
	'GET /oauth/authorize': 'the consent page is for people, not part of the API',
	'POST /oauth/authorize': 'the consent page is for people, not part of the API',
};

/**
 * Checks requests against Meta's Postman collection: paths, methods, parameter names, field names
 * and listed values.
 */
export function judge(folder: string): Judge {
	const file = join(folder, 'threads/threads-api.postman_collection.json');
	const collection = JSON.parse(readFileSync(file, 'utf8')) as Collection;
	const known = merged(requestsOf(collection.item));
	const listed = values(collection);
	return (request) => {
		const path = request.path.replace(/^\/v\d+\.\d+(?=\/)/, '').replace(/(.)\/$/, '$1');
		const name = `${request.method} ${path}`;
		if (LEFT_OUT[name]) return { operation: name, leftOut: LEFT_OUT[name] };
		const found = known.find((one) => one.method === request.method && fits(one.path, path));
		if (!found) return { unknown: name };
		return {
			operation: `${found.method} ${found.path}`,
			problems: problems(found, listed, request),
		};
	};
}

function requestsOf(items: Item[]): Known[] {
	return items.flatMap(({ item, request }): Known[] => {
		if (item) return requestsOf(item);
		if (!request) return [];
		const { url, body, method } = request;
		const path = url.raw.split('?')[0]!.replace('{{api_host}}', '').replace(/\/$/, '');
		const keys = [...(url.query ?? []), ...(body?.urlencoded ?? []), ...(body?.formdata ?? [])];
		const parameters = new Set(keys.map(({ key }) => key));
		return [
			{
				method,
				path: path.replace(/\{\{\w+\}\}/g, '{id}').replace(/^\/me\//, '/{me}/'),
				parameters,
			},
		];
	});
}

/** Makes one entry for each method and path, with the parameters of all its examples. */
function merged(all: Known[]): Known[] {
	const byName = new Map<string, Known>();
	for (const one of all) {
		const name = `${one.method} ${one.path}`;
		const known = byName.get(name) ?? { ...one, parameters: new Set(EVERYWHERE) };
		for (const parameter of one.parameters) known.parameters.add(parameter);
		byName.set(name, known);
	}
	for (const parameter of NEWER) byName.get('POST /{me}/threads')?.parameters.add(parameter);
	// Literal paths come before paths with ids.
	return [...byName.values()].sort((one, other) => holes(one.path) - holes(other.path));
}

const holes = (path: string) => path.split('{').length;

function fits(template: string, path: string): boolean {
	const source = template.replace('{me}', '(?:me|\\d+)').replace(/\{id\}/g, '\\d+');
	return new RegExp(`^${source}$`).test(path);
}

interface Listed {
	fields: Set<string>;
	values: Record<string, string[]>;
}

function values({ variable }: Collection): Listed {
	const of = (key: string) => variable.find((one) => one.key === key)?.value ?? '';
	const lists = variable.filter(({ key }) => key.startsWith('fields_'));
	return {
		fields: new Set(lists.flatMap(({ value }) => topLevel(value))),
		values: {
			reply_control: topLevel(of('reply_control')),
			media_type: topLevel(of('media_type')),
		},
	};
}

/** `id,poll_attachment{option_a,option_b}` -> ['id', 'poll_attachment'] */
function topLevel(list: string): string[] {
	return list
		.replace(/\{[^}]*\}/g, '')
		.split(',')
		.map((one) => one.trim());
}

function problems({ parameters }: Known, listed: Listed, request: SpecRequest): string[] {
	const given: Record<string, unknown> = { ...request.query, ...((request.body ?? {}) as object) };
	return Object.entries(given).flatMap(([name, value]) => {
		if (!parameters.has(name)) return [`${name} is not known`];
		const allowed = listed.values[name];
		if (allowed && !allowed.includes(String(value))) return [`${name} cannot be ${String(value)}`];
		if (name !== 'fields') return [];
		return topLevel(String(value))
			.filter((field) => field && !listed.fields.has(field))
			.map((field) => `field ${field} is not known`);
	});
}
