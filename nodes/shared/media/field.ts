import {
	UserError,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import { rethrow } from '../errors/failure';
import { objectIn } from '../errors/objectIn';

/** Property in which n8n's combined binary mode keeps an item's files. */
const IN_JSON = '_files';

/**
 * Finds the binary data of a name, a path or a file object. In n8n's combined mode, files are
 * values in the JSON, and a plain name means one of the files that n8n collects there.
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
			// Not the combined mode, so `_files` is ordinary JSON.
			return rethrow(error);
		}
	}
}

/**
 * Finds a file in memory by its properties, because an expression such as `$binary.data` omits the
 * data.
 */
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

/** Lists the item's files for a message. */
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
	return objectIn(files);
}
