/** The part of JSON Schema that request bodies need; messages are worded as by X. */
export interface Schema {
	type: 'string' | 'integer' | 'boolean' | 'array' | 'object';
	required?: readonly string[];
	properties?: Readonly<Record<string, Schema>>;
	open?: boolean;
	items?: Schema;
	enum?: readonly string[];
	pattern?: RegExp;
	/** Length of a string, number of items, or value of a number. */
	min?: number;
	max?: number;
}

/** Every problem as `path: message`; an empty list means that the value is valid. */
export function problems(schema: Schema, value: unknown, path = '$'): string[] {
	const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
	const fits = schema.type === 'integer' ? Number.isInteger(value) : kind === schema.type;
	if (!fits) return [`${path}: ${kind} found, ${schema.type} expected`];
	if (schema.type === 'object') return inObject(schema, value as Record<string, unknown>, path);
	if (schema.type === 'array') return inArray(schema, value as unknown[], path);
	return inValue(schema, value as string | number | boolean, path);
}

function inObject(schema: Schema, value: Record<string, unknown>, path: string): string[] {
	const known = schema.properties ?? {};
	const missing = (schema.required ?? []).filter((name) => value[name] === undefined);
	const unknown = schema.open ? [] : Object.keys(value).filter((name) => !(name in known));
	return [
		...missing.map((name) => `${path}.${name}: is missing but it is required`),
		...unknown.map(
			(name) =>
				`${path}.${name}: is not defined in the schema and the schema does not allow additional properties`,
		),
		...Object.entries(known)
			.filter(([name]) => value[name] !== undefined)
			.flatMap(([name, inner]) => problems(inner, value[name], `${path}.${name}`)),
	];
}

function inArray(
	{ items, min = 0, max = Infinity }: Schema,
	value: unknown[],
	path: string,
): string[] {
	return [
		...(value.length < min
			? [`${path}: there must be a minimum of ${min} items in the array`]
			: []),
		...(value.length > max
			? [`${path}: there must be a maximum of ${max} items in the array`]
			: []),
		...(items ? value.flatMap((item, at) => problems(items, item, `${path}[${at}]`)) : []),
	];
}

function inValue(schema: Schema, value: string | number | boolean, path: string): string[] {
	const { min = -Infinity, max = Infinity, pattern } = schema;
	const size = typeof value === 'string' ? [...value].length : Number(value);
	const what = typeof value === 'string' ? ' characters long' : '';
	return [
		...(size < min ? [`${path}: must be at least ${min}${what}`] : []),
		...(size > max ? [`${path}: must be at most ${max}${what}`] : []),
		...(pattern && !pattern.test(String(value))
			? [`${path}: does not match the regex pattern ${pattern.source}`]
			: []),
		...(schema.enum && !schema.enum.includes(String(value))
			? [`${path}: does not have a value in the enumeration [${schema.enum.join(', ')}]`]
			: []),
	];
}
