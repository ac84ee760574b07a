import { invalid } from './errors';

type Fields = Record<string, unknown>;

/** Ids have only digits; in JSON they are strings. */
export const ID = /^\d+$/;

/** A string of the body, checked in the wording of a JSON schema; null if it may be empty. */
export function text(
	fields: Fields,
	name: string,
	{
		max,
		pattern,
		needed,
	}: { max?: number; pattern?: Pick<RegExp, 'test' | 'source'>; needed?: true } = {},
): string | null {
	const value = fields[name];
	if (needed && (value === undefined || value === null))
		return invalid(`'${name}' is a required property`);
	if (value === undefined || value === null) return null;
	if (typeof value !== 'string') return invalid(`${JSON.stringify(value)} is not of type 'string'`);
	if (max !== undefined && [...value].length > max)
		return invalid(`'${name}' is too long, constraint: maxLength=${max}`);
	if (pattern && !pattern.test(value))
		return invalid(`'${value.slice(0, 100)}' does not match '${pattern.source}'`);
	return value;
}

export function choice(fields: Fields, name: string, values: readonly string[]): string | null {
	const value = text(fields, name);
	if (value === null || values.includes(value)) return value;
	return invalid(`'${value}' is not one of [${values.map((one) => `'${one}'`).join(', ')}]`);
}

export function whole(fields: Fields, name: string): number | null {
	const value = fields[name];
	if (value === undefined || value === null) return null;
	if (!Number.isInteger(value)) return invalid(`${JSON.stringify(value)} is not of type 'integer'`);
	return (value as number) >= 0
		? (value as number)
		: invalid(`${String(value)} is less than the minimum of 0`);
}

export function object(fields: Fields, name: string): Fields {
	const value = fields[name];
	if (value === undefined) return invalid(`'${name}' is a required property`);
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Fields)
		: invalid(`${JSON.stringify(value)} is not of type 'object'`);
}

export function list(
	fields: Fields,
	name: string,
	{ min, max }: { min: number; max: number },
): Fields[] {
	const value = fields[name];
	if (!Array.isArray(value)) return invalid(`'${name}' is not of type 'array'`);
	if (value.length < min) return invalid(`'${name}' is too short, constraint: minItems=${min}`);
	if (value.length > max) return invalid(`'${name}' is too long, constraint: maxItems=${max}`);
	return value as Fields[];
}
