import { NodeHelpers, type IDataObject, type INodeTypeDescription } from 'n8n-workflow';

import type { Platform } from '../contract/platform';
import type { FormerOptions, PostOption } from '../contract/postOption';
import { without } from '../without';

/**
 * Versions of the pack's nodes. A node in a workflow keeps its version, so an option whose name,
 * shape or default changes stays as it was in older nodes:
 *
 * 1. Add the new version here.
 * 2. Change the option in its place.
 * 3. Add the former option to the platform's `former`, with the new version as `until`.
 *
 * Fields outside the options use `untilVersion` and `fromVersion`. Never remove anything from the
 * descriptions: n8n drops unknown parameters when it opens a workflow.
 */
const VERSIONS = [1, 1.1];

/** Version of newly added nodes. */
export const newestVersion = Math.max(...VERSIONS);

/** Version of nodes without one, and of data from the first release. */
export const firstVersion = Math.min(...VERSIONS);

/** Version properties of a node's description. */
export const versionFields: Pick<INodeTypeDescription, 'version' | 'defaultVersion'> = {
	version: VERSIONS,
	defaultVersion: newestVersion,
};

/** Shows a field only in nodes before that version. */
export function untilVersion<Field extends PostOption>(version: number, field: Field): Field {
	return ofVersions(field, { lt: version });
}

/** Shows a field only in nodes from that version on. */
export function fromVersion<Field extends PostOption>(version: number, field: Field): Field {
	return ofVersions(field, { gte: version });
}

/** Whether a node of this version shows the field. */
export function isOfVersion({ displayOptions }: PostOption, version: number): boolean {
	const { '@version': versions } = displayOptions?.show ?? {};
	return !versions || NodeHelpers.checkConditions(versions, [version]);
}

/** The options of all versions, each shown in its versions only. */
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

/** Whether any of these options exists under this name in older nodes only. */
export function hasFormerName(
	{ former = [] }: Pick<Platform, 'former'>,
	names: readonly string[],
): boolean {
	return former.some(({ options, replacedBy }) =>
		options.some(({ name }) => names.includes(name) && !replacedBy.includes(name)),
	);
}

/** Translates the options of an older node to today's. */
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
