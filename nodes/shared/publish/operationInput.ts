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

/** How much is read and in which form: what an expression leaves open there is as it usually is. */
const READING: readonly string[] = [returnAllField, limitField, simplifyField].map(
	({ name }) => name,
);

/** Fields that always hold something: nothing in them is an expression's doing. */
const FILLED: readonly string[] = [
	'resourceLocator',
	'options',
	'multiOptions',
	'boolean',
	'number',
];

/**
 * All parameters of an operation by name, each as the definition of its field says; of a resource
 * locator its value. What is of another kind is refused, all of it at once.
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

/** A text that was left empty stays so; anything else is as it is before somebody touches it. */
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

/** Where the field counts something. */
function wholeIn(notes: Notes, property: INodeProperties, value: unknown): unknown {
	const { minValue = -Infinity, numberPrecision } = property.typeOptions ?? {};
	const isWhole = numberPrecision !== 0 || Number.isSafeInteger(value);
	if (isWhole && Number(value) >= minValue) return value;
	return mistype(notes, fieldOf(property), value, `a whole number from ${minValue} on`);
}
