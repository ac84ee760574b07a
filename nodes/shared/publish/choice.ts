import type { IExecuteFunctions } from 'n8n-workflow';

import { refuse } from '../errors/failure';
import { givenIn } from './input';
import { unfit } from './unfit';
import { blame, isNothing, mistype, notesFor, type Field, type Notes } from './values';

/** An operation of the node, such as Post: Publish. */
interface Doing {
	readonly resource: string;
	readonly operation: string;
}

/**
 * Reads the selected operation; throws if the node has no such operation, so that a misspelled
 * Validate never publishes.
 */
export function readOperation(
	fn: IExecuteFunctions,
	platform: string,
	item: number,
	all: readonly Doing[],
): Doing {
	const of = (label: string, among: string[]) => {
		const field = { label, name: label.toLowerCase() };
		return readChoice(fn, platform, item, field, [...new Set(among)]);
	};
	const resources = all.map((one) => one.resource);
	const resource = of('Resource', resources);
	const operations = all.filter((one) => one.resource === resource);
	const operation = of(
		'Operation',
		operations.map((one) => one.operation),
	);
	return { resource, operation };
}

/** Reads a field whose value must be one of `among`; throws otherwise. */
export function readChoice(
	fn: IExecuteFunctions,
	platform: string,
	item: number,
	field: Field,
	among: readonly string[],
): string {
	const notes = notesFor(platform);
	const { value } = givenIn(fn, item, field.name);
	const found = among.find((one) => one === (typeof value === 'string' ? value.trim() : value));
	if (found !== undefined) return found;
	const wanted = `among ${among.join(', ')}`;
	if (isNothing(value)) blame(notes, field, 'empty', `is empty, not ${wanted}`);
	else mistype(notes, field, value, wanted);
	return refuseNoted(notes);
}

/** Throws the noted problems. */
export function refuseNoted({ platform, problems }: Notes, remediation?: string): never {
	return refuse(unfit({ id: platform }, problems, remediation));
}
