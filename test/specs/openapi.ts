import Ajv, { type ValidateFunction } from 'ajv';
import type { Judge, SpecRequest, Verdict } from './model';

export interface Schema {
	$ref?: string;
	type?: string | string[];
	items?: Schema;
	properties?: Record<string, Schema>;
	additionalProperties?: unknown;
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	[more: string]: unknown;
}

interface Parameter {
	$ref?: string;
	name: string;
	in: 'query' | 'path' | 'header';
	required?: boolean;
	schema: Schema;
}

interface Operation {
	parameters?: Parameter[];
	requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface OpenApi {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

export interface Dialect {
	/** Operations that the file lacks, by `METHOD /path`. */
	leftOut: Record<string, string>;
	/** Other names that the API accepts for query parameters. */
	aliases?: Record<string, string>;
	/** Whether content types count as another one that the file names. */
	forms?: boolean;
	/** Fields of request bodies whose described shape is narrower than the documentation. */
	open?: readonly string[];
}

/** Checks requests against an OpenAPI file. */
export function openApiJudge(spec: OpenApi, dialect: Dialect): Judge {
	const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
	const coercing = new Ajv({
		strict: false,
		allErrors: true,
		validateFormats: false,
		logger: false,
		coerceTypes: true,
	});
	for (const one of [ajv, coercing]) one.addSchema(spec as object, 'spec');
	const compiled = new Map<string, ValidateFunction>();
	const validate = (schema: Schema, value: unknown, lenient: boolean): string[] => {
		// Resolves references inside the file, because each schema is compiled on its own.
		const source = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"spec#/');
		const key = `${lenient} ${source}`;
		const check =
			compiled.get(key) ?? (lenient ? coercing : ajv).compile(JSON.parse(source) as object);
		compiled.set(key, check);
		return check(value) ? [] : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
	};
	return (request) => judge(spec, dialect, validate, request);
}

type Validate = (schema: Schema, value: unknown, lenient: boolean) => string[];

function judge(spec: OpenApi, dialect: Dialect, validate: Validate, request: SpecRequest): Verdict {
	const method = request.method.toLowerCase();
	const found = pathOf(spec, method, request.path);
	const name = `${request.method} ${found?.template ?? request.path}`;
	const reason = dialect.leftOut[name];
	if (reason) return { operation: name, leftOut: reason };
	if (!found) return { unknown: name };
	const { operation, values } = found;
	const parameters = (operation.parameters ?? []).map((one) => resolved(spec, one));
	return {
		operation: name,
		problems: [
			...pathProblems(parameters, values, validate),
			...queryProblems(parameters, request, dialect, validate),
			...bodyProblems(spec, operation, request, dialect, validate),
		],
	};
}

/** Literal paths win over templates: /2/users/me before /2/users/{id}. */
export function pathOf(spec: OpenApi, method: string, path: string) {
	const fitting = Object.keys(spec.paths)
		.filter((template) => spec.paths[template]![method])
		.map((template) => ({ template, values: matched(template, path) }))
		.filter(({ values }) => values !== undefined)
		.sort((one, other) => Object.keys(one.values!).length - Object.keys(other.values!).length);
	const [first] = fitting;
	if (!first) return undefined;
	const operation = spec.paths[first.template]![method]!;
	return { template: first.template, values: first.values!, operation };
}

function matched(template: string, path: string): Record<string, string> | undefined {
	const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
	const source = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '([^/]+)');
	const parts = new RegExp(`^${source}$`).exec(path);
	return parts ? Object.fromEntries(names.map((name, at) => [name, parts[at + 1]!])) : undefined;
}

function resolved(spec: OpenApi, parameter: Parameter): Parameter {
	const name = parameter.$ref?.split('/').at(-1);
	return name ? spec.components.parameters![name]! : parameter;
}

function pathProblems(
	all: Parameter[],
	values: Record<string, string>,
	validate: Validate,
): string[] {
	return all
		.filter((one) => one.in === 'path')
		.flatMap(({ name, schema }) => validate(wrapped(schema), { value: values[name] }, true))
		.map((problem) => `path: ${problem}`);
}

/** Wraps a value in a property, so that coercion can store its result. */
function wrapped(schema: Schema): Schema {
	return { type: 'object', properties: { value: schema } };
}

function queryProblems(
	all: Parameter[],
	{ query }: SpecRequest,
	{ aliases = {} }: Dialect,
	validate: Validate,
): string[] {
	const known = all.filter((one) => one.in === 'query');
	const given = Object.entries(query).map(
		([name, value]) => [aliases[name] ?? name, value] as const,
	);
	const missing = known
		.filter(({ name, required }) => required && !given.some(([one]) => one === name))
		.map(({ name }) => `query: ${name} is required`);
	const wrong = given.flatMap(([name, value]) => {
		const parameter = known.find((one) => one.name === name || one.name === `${name}[]`);
		if (!parameter) return [`query: ${name} is not known`];
		const isList = parameter.schema.type === 'array';
		const split = isList && typeof value === 'string' ? value.split(',') : value;
		return validate(wrapped(parameter.schema), { value: split }, true).map(
			(problem) => `query: ${name}${problem}`,
		);
	});
	return [...missing, ...wrong];
}

function bodyProblems(
	spec: OpenApi,
	{ requestBody }: Operation,
	request: SpecRequest,
	dialect: Dialect,
	validate: Validate,
): string[] {
	const { contentType, body, files = [], binary } = request;
	const isEmpty = body === undefined && files.length === 0 && binary === undefined;
	if (!requestBody) return isEmpty ? [] : ['body: none is expected'];
	if (isEmpty) return requestBody.required ? ['body: is required'] : [];
	const type = contentType.split(';')[0]!.trim().toLowerCase();
	const isForm = type !== 'application/json';
	const own = requestBody.content[type];
	const content = own ?? (dialect.forms ? Object.values(requestBody.content)[0] : undefined);
	if (!content) return [`body: ${type} is not taken`];
	const named = (files as Array<{ field: string }>).map(({ field }) => [field, '(file)']);
	const value = { ...((body ?? {}) as object), ...Object.fromEntries(named) };
	const known = properties(spec, content.schema);
	const unknown = Object.keys(value)
		.filter((name) => !known.has(name) && !known.has(`${name}[]`))
		.map((name) => `body: ${name} is not known`);
	const open = dialect.open ?? [];
	const strict = Object.fromEntries(Object.entries(value).filter(([name]) => !open.includes(name)));
	const relaxed = open.some((name) => name in value);
	const problems = validate(anyInsteadOfOne(spec, content.schema, relaxed), strict, isForm);
	return [...unknown, ...problems.map((problem) => `body: ${problem}`)];
}

/** Returns every property that any branch of a schema has. */
function properties(spec: OpenApi, schema: Schema): Set<string> {
	const target = schema.$ref ? spec.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
	const inner = [...(target.allOf ?? []), ...(target.anyOf ?? []), ...(target.oneOf ?? [])];
	return new Set([
		...Object.keys(target.properties ?? {}),
		...inner.flatMap((one) => [...properties(spec, one)]),
	]);
}

/** A body may match several of its shapes, and relaxed fields cannot be required. */
function anyInsteadOfOne(spec: OpenApi, schema: Schema, relaxed: boolean): Schema {
	const target = schema.$ref ? spec.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
	const { oneOf, required: _required, ...rest } = target;
	if (relaxed && !oneOf) return rest;
	return oneOf ? { ...rest, anyOf: oneOf } : schema;
}
