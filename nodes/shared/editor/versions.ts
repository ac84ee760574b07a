import { NodeHelpers, type IDataObject, type INodeTypeDescription } from 'n8n-workflow';

import type { Platform } from '../contract/platform';
import type { FormerOptions, PostOption } from '../contract/postOption';
import { without } from '../without';

/**
 * Versions of the pack's nodes. A node keeps the version it was added with, so an option that gets
 * another name, shape or default stays as it was there:
 *
 * 1. Add the new version here.
 * 2. Change the option where it stands now.
 * 3. Put the option as it was into the platform's `former`, with `until` the new version.
 *
 * A field outside of the options is written with `untilVersion` and `fromVersion`. Nothing is ever
 * taken out of the descriptions: n8n drops what they do not name when it opens a workflow.
 */
const VERSIONS = [1, 1.1];

/** Of nodes that are added now. */
export const newestVersion = Math.max(...VERSIONS);

/** Of nodes that say none, and of what the first release left behind. */
export const firstVersion = Math.min(...VERSIONS);

export const versionFields: Pick<INodeTypeDescription, 'version' | 'defaultVersion'> = {
	version: VERSIONS,
	defaultVersion: newestVersion,
};

/** A field of nodes before that version. */
export function untilVersion<Field extends PostOption>(version: number, field: Field): Field {
	return ofVersions(field, { lt: version });
}

/** A field of nodes from that version on. */
export function fromVersion<Field extends PostOption>(version: number, field: Field): Field {
	return ofVersions(field, { gte: version });
}

/** Whether a node of this version has the field. */
export function isOfVersion({ displayOptions }: PostOption, version: number): boolean {
	const { '@version': versions } = displayOptions?.show ?? {};
	return !versions || NodeHelpers.checkConditions(versions, [version]);
}

/** The options of all versions: today's, and the former ones in the nodes that have these. */
export function ofAllVersions(
	today: readonly PostOption[],
	former: readonly FormerOptions[] = [],
): PostOption[] {
	const since = (option: PostOption) =>
		former.find(({ replacedBy }) => replacedBy.includes(option.name))?.until;
	return [
		...today.map((option) => {
			const version = since(option);
			return version === undefined ? option : fromVersion(version, option);
		}),
		...former.flatMap(({ until, options }) => options.map((option) => untilVersion(until, option))),
	];
}

/** The options of a node of some version in the words of today's. */
export function inWordsOfToday(
	{ former = [] }: Pick<Platform, 'former'>,
	options: IDataObject,
	version: number,
): IDataObject {
	return former
		.filter(({ until }) => version < until)
		.reduce((read, { options: those, read: translate }) => {
			const names = those.map(({ name }) => name);
			const said = Object.entries(translate(read)).filter(([, value]) => value !== undefined);
			return { ...without(read, ...names), ...Object.fromEntries(said) };
		}, options);
}

function ofVersions<Field extends PostOption>(field: Field, condition: object): Field {
	const { show } = field.displayOptions ?? {};
	const displayOptions = {
		...field.displayOptions,
		show: { ...show, '@version': [{ _cnd: condition }] },
	};
	return { ...field, displayOptions } as Field;
}
