import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { documents } from './bluesky';
import { pathOf, type OpenApi, type Schema } from './openapi';
import { Lexicons, jsonToLex } from './vendor/lexicon';

export interface SpecAnswer {
	method: string;
	path: string;
	status: number;
	body: unknown;
}

type Check = (answer: SpecAnswer) => string[];

const FILES = {
	mastodon: 'mastodon/mastodon-openapi-4.7.0.json',
	pinterest: 'pinterest/openapi.json',
	x: 'x/openapi-docs-2026-08-22.json',
};

/** Compares a sandbox's answers with the vendor's file: each answer must be possible. */
export function answerCheck(platform: keyof typeof FILES | 'bluesky', folder: string): Check {
	if (platform === 'bluesky') return lexiconCheck(join(folder, 'bluesky/lexicons'));
	return openApiCheck(JSON.parse(readFileSync(join(folder, FILES[platform]), 'utf8')) as OpenApi);
}

function openApiCheck(spec: OpenApi): Check {
	const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
	ajv.addSchema(anyForOne(spec), 'spec');
	const compiled = new Map<string, ValidateFunction>();
	return ({ method, path, status, body }) => {
		const found = pathOf(spec, method.toLowerCase(), path);
		if (!found) return [`${method} ${path} is not in the file`];
		const { responses } = found.operation;
		const response = responses[String(status)] ?? responses.default;
		if (response && !response.content) return [];
		const content = response?.content ?? {};
		const type = status >= 400 ? 'application/problem+json' : 'application/json';
		const schema = (content[type] ?? content['application/json'])?.schema;
		if (!schema) return [`${status} is no answer of ${found.template}`];
		const key = JSON.stringify(schema);
		const check = compiled.get(key) ?? ajv.compile(anyForOne(absolute(schema)));
		compiled.set(key, check);
		return check(body) ? [] : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
	};
}

function absolute(schema: Schema): Schema {
	return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"spec#/')) as Schema;
}

/** The file's alternatives overlap (a quote, and one without its post), so several may match. */
function anyForOne(spec: OpenApi | Schema): object {
	const text = JSON.stringify(spec).replaceAll('"oneOf":', '"anyOf":');
	return JSON.parse(text, (_key, value: unknown) => orNull(value)) as object;
}

/** Ajv accepts `nullable` only beside a type. */
function orNull(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value)
		return value;
	const { nullable: _nullable, ...rest } = value;
	return { anyOf: [rest, { type: 'null' }] };
}

function lexiconCheck(folder: string): Check {
	const lexicons = new Lexicons(documents(folder));
	return ({ path, body }) => {
		try {
			lexicons.assertValidXrpcOutput(path.replace('/xrpc/', ''), jsonToLex(body as never));
			return [];
		} catch (error) {
			return [(error as Error).message];
		}
	};
}
