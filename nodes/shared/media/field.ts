import {
	UserError,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import { rethrow } from '../errors/failure';

/** Where n8n keeps the files of an item in its combined binary mode. */
const IN_JSON = '_files';

/**
 * The binary data that a name or a path stands for, or that is given as it is. In n8n's combined
 * mode files are values in the JSON: there a mere name is one of those that n8n keeps together.
 */
export function fileOf(
	fn: IExecuteFunctions,
	item: number,
	given: NonNullable<MediaSource['binary']>,
): IBinaryData {
	if (typeof given === 'object' && !given.id && !given.data) return ownFile(fn, item, given);
	try {
		return fn.helpers.assertBinaryData(item, given);
	} catch (error) {
		const files = filesInJson(fn, item);
		if (typeof given !== 'string' || !Object.hasOwn(files, given)) return rethrow(error);
		try {
			return fn.helpers.assertBinaryData(item, `${IN_JSON}[${JSON.stringify(given)}]`);
		} catch {
			// Not in that mode: then it is JSON like any other.
			return rethrow(error);
		}
	}
}

/** Of a file in memory an expression such as `$binary.data` gives all but the data. */
function ownFile(fn: IExecuteFunctions, item: number, given: IBinaryData): IBinaryData {
	const { mimeType, fileName, fileExtension, fileSize } = given;
	const found = Object.values(fn.getInputData()[item]?.binary ?? {}).filter(
		(one) =>
			one.mimeType === mimeType &&
			one.fileName === fileName &&
			one.fileExtension === fileExtension &&
			one.fileSize === fileSize,
	);
	const [only, ...others] = found;
	if (only && others.length === 0) return only;
	throw new UserError(`The file ${nameOf(given)} came without its data`, {
		description: 'Give the name of its field instead, in the item that has the file.',
	});
}

/** For messages: which files there would be. */
export function filesOf(fn: IExecuteFunctions, item: number): string {
	const { binary = {} } = fn.getInputData()[item] ?? {};
	const names = [...Object.keys(binary), ...Object.keys(filesInJson(fn, item))];
	return names.length > 0 ? `. The item has: ${names.join(', ')}` : '. The item has no files';
}

export function nameOf(given: MediaSource['binary']): string {
	return typeof given === 'string' ? given : (given?.fileName ?? 'data');
}

function filesInJson(fn: IExecuteFunctions, item: number): IDataObject {
	const { [IN_JSON]: files } = fn.getInputData()[item]?.json ?? {};
	return typeof files === 'object' && files !== null ? (files as IDataObject) : {};
}
