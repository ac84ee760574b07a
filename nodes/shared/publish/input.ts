import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Platform } from '../contract/platform';
import { commonOptions } from '../editor/postOptions';
import { sharedPostFields } from '../editor/postFields';
import { optionsOf } from '../editor/describe';
import { inWordsOfToday, isOfVersion } from '../editor/versions';
import { valueOf } from '../parameter';
import { without } from '../without';
import { readMedia } from './files';
import { isUnmeant, readAddress, readOptions, rowsIn } from './options';
import { fittingOptions, readPostOptions, withTime } from './postFields';
import type { PartInput, PostInput } from './postInput';
import {
	blame,
	inside,
	isNothing,
	isUnseen,
	notesFor,
	readText,
	type Field,
	type Given,
	type Notes,
} from './values';

const TEXT: Field = { label: 'Text', name: 'text' };
const OVERRIDES = ['overrideText', 'overrideLink', 'overrideMedia'];
const LINK: Field = { label: 'Link', name: 'link' };

/**
 * Reads the post from the fields of a platform's node. A value of the wrong type is noted as a
 * problem and left out, never converted by accident.
 */
export function readPost(fn: IExecuteFunctions, platform: Platform, item: number): PostInput {
	const notes = notesFor(platform.id);
	const get = (name: string) => givenIn(fn, item, name);
	return withNotes(notes, {
		text: readWords(notes, get('text')),
		...linkOf(notes, get('link')),
		media: readMedia(notes, get('media')),
		thread: platform.threads ? readThread(notes, get('thread')) : [],
		options: readPostOptions(notes, get('options'), { platform, version: versionOf(fn) }),
		...readTarget(notes, platform, get('target')),
	});
}

/**
 * Reads a platform's post from Crosspost's common fields and its overrides. `own`: it has its own
 * media.
 */
export function readShared(fn: IExecuteFunctions, platform: Platform, item: number) {
	const notes = notesFor(platform.id);
	const get = (name: string) => givenIn(fn, item, name);
	const special = get(platform.id);
	const given = { special, common: get('options'), version: versionOf(fn) };
	const options = readSharedOptions(notes, platform, given);
	const instead = (name: string, common: Given) => {
		const other = inside(special, name);
		return other.value === undefined || other.value === null ? common : other;
	};
	const media = instead('overrideMedia', get('media'));
	const input = withNotes(notes, {
		text: readWords(notes, instead('overrideText', get('text'))),
		...linkOf(notes, instead('overrideLink', get('link'))),
		media: readMedia(notes, media),
		thread: [],
		options,
		...readTarget(notes, platform, get(`${platform.id}Target`)),
	});
	return { input, own: isGiven(inside(special, 'overrideMedia')) };
}

/** Common options, overridden by the platform's own. */
function readSharedOptions(
	notes: Notes,
	platform: Platform,
	{ special, common, version }: { special: Given; common: Given; version: number },
): IDataObject {
	const field = { label: `${platform.name} Options`, name: 'options' };
	const read = readPostOptions(notes, special, { platform, version, field });
	const own = without(read, ...OVERRIDES);
	const properties = [...sharedPostFields, ...optionsOf(platform, version), ...commonOptions];
	const here = properties.filter((one) => isOfVersion(one, version));
	const shared = inWordsOfToday(platform, readOptions(notes, common, here), version);
	const fitting = fittingOptions(notes, platform, without(shared, ...Object.keys(own)));
	return { ...withTime(notes, fitting), ...own };
}

/** The item's files, kept in the result of Validate for the following nodes. */
export function filesOf(fn: IExecuteFunctions, item: number): Pick<INodeExecutionData, 'binary'> {
	const get = (name: string) => fn.getNodeParameter(name, item, '');
	const binary = fn.getInputData()[item]?.binary;
	return binary && get('resource') === 'post' && get('operation') === 'validate' ? { binary } : {};
}

function versionOf(fn: IExecuteFunctions): number {
	return fn.getNode().typeVersion;
}

/** A field's value and its raw parameter. */
export function givenIn(fn: IExecuteFunctions, item: number, name: string): Given {
	const { [name]: raw } = fn.getNode().parameters;
	return { value: fn.getNodeParameter(name, item, null), raw };
}

/**
 * Reads the target. Only an untouched field selects the account itself. An empty expression is a
 * problem, because the post must not go to another place.
 */
function readTarget(
	notes: Notes,
	{ target }: Pick<Platform, 'target'>,
	given: Given,
): { target?: string } {
	if (!target) return {};
	const field: Field = { label: target.name, name: 'target' };
	const found = readText(notes, field, valueOf(given.value as IDataObject[string])).trim();
	if (found) return { target: found };
	if (isNothing(valueOf(given.value as IDataObject[string])) && isUnmeant(given)) {
		const what = 'is empty, although one is to be chosen: nothing is sent elsewhere instead';
		blame(notes, field, 'empty', what);
	}
	return {};
}

function withNotes({ problems, warnings }: Notes, input: PostInput): PostInput {
	return {
		...input,
		...(problems.length > 0 && { problems }),
		...(warnings.length > 0 && { warnings }),
	};
}

function isGiven({ value }: Given): boolean {
	return value !== undefined && value !== null;
}

function readWords(notes: Notes, { value }: Given, field = TEXT): string {
	const text = readText(notes, field, value);
	return isUnseen(text) ? '' : text;
}

function linkOf(notes: Notes, { value }: Given): { link?: string } {
	if (isNothing(value) && !Array.isArray(value)) return {};
	const link = readAddress(notes, LINK, value);
	return link === undefined ? {} : { link };
}

function readThread(notes: Notes, given: Given): PartInput[] {
	const rows = rowsIn(notes, given, 'post', { label: 'Thread', name: 'thread' });
	return rows.map((row, index) => {
		const of = (label: string) => `${label} of post ${index + 1} of Thread`;
		return {
			text: readWords(notes, inside(row, 'text'), { label: of('Text'), name: 'text' }),
			media: readMedia(notes, inside(row, 'media'), { label: of('Media'), name: 'media' }),
		};
	});
}
