import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../contract/operation';
import type { Platform } from '../contract/platform';
import type { PostOption } from '../contract/postOption';
import { fieldsOf } from '../editor/describe';
import { limitField, returnAllField, simplifyField } from '../editor/fields';
import { refuse } from '../errors/failure';
import { valueOf } from '../parameter';
import { givenIn } from './input';
import { fieldOf, isUnmeant, readOption, refuseUnchosen } from './options';
import { unfit } from './unfit';
import {
	blame,
	isNothing,
	isUnseen,
	mistype,
	notesFor,
	told,
	type Given,
	type Notes,
} from './values';

/** Fields about the amount and form of the output; an empty expression gives their default. */
const READING: readonly string[] = [returnAllField, limitField, simplifyField].map(
	({ name }) => name,
);

/** Field types that are empty only through an expression. */
const FILLED: readonly string[] = [
	'resourceLocator',
	'options',
	'multiOptions',
	'boolean',
	'number',
];

/**
 * Reads all parameters of an operation by name, as their fields define them; a resource locator
 * gives its value. Throws all wrong types at once.
 */
export function readInput(
	fn: IExecuteFunctions,
	platform: Platform,
	item: number,
	operation: Operation,
): IDataObject {
	const notes = notesFor(platform.id);
	const read = fieldsOf(platform, operation).map((property) => {
		const { name } = property;
		return [name, readParameter(notes, property, givenIn(fn, item, name))] as const;
	});
	const { problems } = notes;
	if (problems.length > 0) refuse(unfit(platform, problems));
	return Object.fromEntries(read) as IDataObject;
}

function readParameter(notes: Notes, property: INodeProperties, given: Given): unknown {
	const { type, required } = property;
	const value = valueOf(given.value as IDataObject[string]);
	if (isNothing(value) && !Array.isArray(value)) return emptyIn(notes, property, given);
	if (type === 'string' && Array.isArray(value))
		return mistype(notes, fieldOf(property), value, 'text');
	const { length } = notes.problems;
	const read = valueOf(readOption(notes, property, given) as IDataObject[string]);
	if (notes.problems.length > length) return undefined;
	if (required && (isNothing(read) || isUnseen(read))) return refuseEmpty(notes, property, value);
	return type === 'number' ? wholeIn(notes, property, read) : read;
}

/** The value of an empty field: an empty text, or the field's default. */
function emptyIn(notes: Notes, property: PostOption, given: Given): unknown {
	const { type, name, required, deciding, default: usual } = property;
	if (required) return refuseEmpty(notes, property, given.value);
	const isChosen = deciding || (FILLED.includes(type) && !READING.includes(name));
	if (isChosen && isUnmeant(given)) return refuseUnchosen(notes, fieldOf(property));
	return type === 'string' || type === 'dateTime' ? '' : valueOf(usual as IDataObject[string]);
}

function refuseEmpty(notes: Notes, property: INodeProperties, value: unknown): void {
	const found = told(valueOf(value as IDataObject[string]));
	blame(notes, fieldOf(property), 'empty', `is empty (${found}), but needed`);
}

/** Checks that a count is a whole number of at least `minValue`. */
function wholeIn(notes: Notes, property: INodeProperties, value: unknown): unknown {
	const { minValue = -Infinity, numberPrecision } = property.typeOptions ?? {};
	const isWhole = numberPrecision !== 0 || Number.isSafeInteger(value);
	if (isWhole && Number(value) >= minValue) return value;
	return mistype(notes, fieldOf(property), value, `a whole number from ${minValue} on`);
}
