import type {
	IDataObject,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodePropertyTypes,
} from 'n8n-workflow';

import type { PostOption } from '../contract/postOption';
import { valueOf } from '../parameter';
import { addressIn, lacksScheme, shown } from './address';
import {
	blame,
	inside,
	isExpression,
	isNothing,
	isPlainObject,
	mistype,
	readText,
	told,
	type Field,
	type Given,
	type Notes,
} from './values';

/** Reads one field; returns a value of the right type, or undefined if there is none. */
type Reader = (notes: Notes, property: INodeProperties, given: Given) => unknown;

const READERS: Partial<Record<NodePropertyTypes, Reader>> = {
	string: text,
	dateTime: text,
	color: text,
	number,
	boolean: flag,
	options: choice,
	multiOptions: choices,
	resourceLocator: located,
	fixedCollection: groups,
	collection: (notes, property, given) =>
		readOptions(notes, given, (property.options ?? []) as PostOption[], fieldOf(property)),
};

/** Reads options as their fields define them. Unknown options are passed on unchanged. */
export function readOptions(
	notes: Notes,
	given: Given,
	properties: readonly PostOption[],
	field: Field = { label: 'Options', name: 'options' },
): IDataObject {
	if (isNothing(given.value)) return {};
	if (!isPlainObject(given.value))
		return mistype(notes, field, given.value, 'a set of options') ?? {};
	const read = Object.keys(given.value).map((name): [string, unknown] => {
		const property = properties.find((one) => one.name === name);
		const one = inside(given, name);
		return [name, property ? readOption(notes, property, one) : (one.value ?? undefined)];
	});
	return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as IDataObject;
}

/** Reads one field of a node or collection as its definition says. */
export function readOption(notes: Notes, property: PostOption, given: Given): unknown {
	const { type } = property;
	if (isNothing(valueOf(given.value as IDataObject[string])))
		return nothing(notes, property, given);
	return (READERS[type] ?? ((_notes, _property, { value }) => value))(notes, property, given);
}

/** An empty text stays empty; any other empty value means that nothing was chosen. */
function nothing(notes: Notes, property: PostOption, given: Given): unknown {
	const { type, deciding } = property;
	const { value } = given;
	if (deciding && isUnmeant(given)) return refuseUnchosen(notes, fieldOf(property));
	if (value === null || value === undefined) return undefined;
	if (Array.isArray(value))
		return type === 'multiOptions' && value.length === 0 ? value : undefined;
	return type === 'number' || type === 'boolean' || type === 'multiOptions' ? undefined : value;
}

/** Notes that an expression chose nothing in a field that requires a choice. */
export function refuseUnchosen(notes: Notes, field: Field): void {
	const what = 'is empty, although something is to be chosen there: remove it if nothing shall be';
	blame(notes, field, 'empty', what);
}

/** Whether the value is empty by an expression, or by an ID or URL mode that was not filled in. */
export function isUnmeant({ raw }: Pick<Given, 'raw'>): boolean {
	if (!isPlainObject(raw)) return isExpression({ raw });
	const { mode = 'list', value } = raw;
	return mode !== 'list' || isExpression({ raw: value });
}

function text(notes: Notes, property: PostOption, { value }: Given): unknown {
	const field = fieldOf(property);
	const isList = property.typeOptions?.rows !== undefined;
	if (Array.isArray(value) && isList) return linesOf(notes, field, value);
	if (property.webAddress) return readAddress(notes, field, value);
	return readText(notes, field, value) || undefined;
}

/** Joins a list into lines; newlines inside an element become spaces. */
function linesOf(notes: Notes, field: Field, value: unknown[]): string {
	const lines = value.filter((one) => !isNothing(one)).map((one) => readText(notes, field, one));
	return lines.map((line) => line.replace(/\s*[\r\n]+\s*/g, ' ')).join('\n');
}

/** Reads a web address; undefined, with a problem noted, if it is none. */
export function readAddress(notes: Notes, field: Field, value: unknown): string | undefined {
	if (typeof value !== 'string') return mistype(notes, field, value, 'an address');
	const address = addressIn(value);
	if (address !== undefined) return address;
	const advice = lacksScheme(value.trim())
		? 'put https:// in front if it is one'
		: 'http or https, no blanks, no user name or password';
	const what = `is no address on the web that a post can have: "${shown(value.trim())}" (${advice})`;
	blame(notes, field, 'url', what);
	return undefined;
}

function number(notes: Notes, property: INodeProperties, { value }: Given): unknown {
	const found = typeof value === 'string' ? Number(value) : value;
	if (typeof found === 'number' && Number.isFinite(found)) return found;
	return mistype(notes, fieldOf(property), value, 'a number');
}

function flag(notes: Notes, property: INodeProperties, { value }: Given): unknown {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (word === 'true' || word === 'false') return word === 'true';
	return mistype(notes, fieldOf(property), value, 'true or false');
}

function choice(notes: Notes, property: INodeProperties, { value }: Given): unknown {
	if (!Array.isArray(value) && !isPlainObject(value)) return known(notes, property, value);
	return mistype(notes, fieldOf(property), value, 'one of the choices');
}

function choices(notes: Notes, property: INodeProperties, { value }: Given): unknown {
	if (!Array.isArray(value)) return mistype(notes, fieldOf(property), value, 'a list of choices');
	const found = value.map((one) => known(notes, property, one));
	return found.includes(undefined) ? undefined : found;
}

/** Checks a choice against the field's values, unless they are loaded per account. */
function known(notes: Notes, property: INodeProperties, value: unknown): unknown {
	const { options = [], typeOptions, default: usual } = property;
	const values = (options as INodePropertyOptions[]).map((one) => one.value);
	const given = typeof value === 'string' ? value.trim() : value;
	if (typeOptions?.loadOptionsMethod) return readText(notes, fieldOf(property), value) || undefined;
	if (given === usual || values.includes(given as string)) return given;
	return mistype(notes, fieldOf(property), value, `among ${values.join(', ')}`);
}

function located(notes: Notes, property: INodeProperties, { value }: Given): unknown {
	const found = readText(notes, fieldOf(property), valueOf(value as IDataObject[string])).trim();
	if (!found) return undefined;
	return isPlainObject(value) ? { ...value, value: found } : found;
}

function groups(notes: Notes, property: INodeProperties, given: Given): unknown {
	const field = fieldOf(property);
	if (!isPlainObject(given.value)) return mistype(notes, field, given.value, 'a set of fields');
	const many = property.typeOptions?.multipleValues === true;
	const read = ((property.options ?? []) as INodePropertyCollection[]).flatMap((group) => {
		const one = inside(given, group.name);
		if (isNothing(one.value)) return [];
		const rows = many ? rowsIn(notes, given, group.name, field) : [one];
		const values = rows.map((row) => readOptions(notes, row, group.values, field));
		return [[group.name, many ? values : values[0]]];
	});
	return Object.fromEntries(read) as IDataObject;
}

/** The rows of a repeatable group. */
export function rowsIn(notes: Notes, given: Given, group: string, field: Field): Given[] {
	if (isNothing(given.value)) return [];
	if (!isPlainObject(given.value))
		return mistype(notes, field, given.value, 'a list of its rows') ?? [];
	const rows = inside(given, group);
	if (isNothing(rows.value)) return [];
	const { value } = rows;
	if (Array.isArray(value) && value.every(isPlainObject)) {
		return value.map((_row, index) => inside(rows, index));
	}
	return mistype(notes, field, value, 'a list of its rows') ?? [];
}

export function fieldOf({ displayName, name }: INodeProperties): Field {
	return { label: displayName, name };
}

/** Reads Crosspost's list of platforms. */
export function readChoices<T extends { id: string }>(
	notes: Notes,
	value: unknown,
	all: readonly T[],
): T[] {
	const field: Field = { label: 'Platforms', name: 'platforms' };
	const ids = all.map(({ id }) => id);
	if (!Array.isArray(value)) return mistype(notes, field, value, 'a list of platforms') ?? [];
	if (value.length === 0) {
		const rule = `${notes.platform}.${field.name}.empty`;
		notes.problems.push({ rule, message: 'No platform is chosen' });
		return [];
	}
	const unknown = value.findIndex((one) => !ids.includes(one as string));
	if (unknown < 0) return all.filter(({ id }) => value.includes(id));
	const what = `has ${told(value[unknown])} in it, which is not among ${ids.join(', ')}`;
	blame(notes, field, 'type', what);
	return [];
}
