import type { IPollFunctions } from 'n8n-workflow';

import { platforms } from '../platforms';
import type { Platform } from '../shared/contract/platform';
import { refuseNoted } from '../shared/publish/choice';
import { readChoices, readOptions } from '../shared/publish/options';
import {
	blame,
	mistype,
	notesFor,
	type Field,
	type Given,
	type Notes,
} from '../shared/publish/values';
import type { Wish } from './news';
import { operationsName, triggerProperties } from './properties';

/** The trigger's settings. */
export interface Watched {
	chosen: Platform[];
	wish: Wish;
	/** Operations that the platform's credential is used for. */
	operationsOf(platform: Platform): readonly string[];
}

const DAYS: Field = { label: 'Days Before Expiry', name: 'daysBefore' };

/**
 * Reads all fields; throws every problem, because an empty setting would silently watch nothing.
 */
export function readFields(fn: IPollFunctions): Watched {
	const notes = notesFor('crosspostTrigger');
	const chosen = readChoices(notes, fn.getNodeParameter('platforms', null), platforms);
	const list = (name: string) => readList(notes, fn, name);
	const events = list('events');
	const operations = new Map(chosen.map((one) => [one.id, list(operationsName(one))]));
	const days = events.includes('token.expiring') ? readDays(notes, fn) : [];
	if (notes.problems.length > 0) refuseNoted(notes);
	const operationsOf = ({ id }: Platform) => operations.get(id) ?? [];
	return { chosen, wish: { events, days }, operationsOf };
}

/** The values of a list field; empty if the node does not show it. */
function readList(notes: Notes, fn: IPollFunctions, name: string): string[] {
	const { [name]: raw } = fn.getNode().parameters;
	const property = triggerProperties.find((one) => one.name === name);
	if (raw === undefined || !property) return [];
	const value = fn.getNodeParameter(name, null) as unknown;
	const given: Given = { value: { [name]: value }, raw: { [name]: raw } };
	const before = notes.problems.length;
	const { [name]: found } = readOptions(notes, given, [property]);
	if (Array.isArray(found)) return found as string[];
	const field: Field = { label: property.displayName, name };
	if (notes.problems.length === before) blame(notes, field, 'empty', 'is empty');
	return [];
}

/** Reads `14, 7, 1`, a number or a list of numbers. */
function readDays(notes: Notes, fn: IPollFunctions): number[] {
	const value = fn.getNodeParameter(DAYS.name, null) as unknown;
	const pieces = (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
		typeof one === 'string' ? one.split(/[\s,;]+/).filter(Boolean) : [one],
	);
	const days = pieces.map((one) => (typeof one === 'object' ? NaN : Number(one)));
	if (days.length > 0 && days.every((day) => day > 0 && Number.isFinite(day))) return days;
	mistype(notes, DAYS, value, 'one or more numbers of days, such as 14, 7, 1');
	return [];
}
