import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { MediaSource } from './media/media';

/** One post as the user gave it: plain data, so that it can wait in a `resume`. */
export interface PartInput {
	text: string;
	link?: string;
	media: MediaSource[];
}

/** All that publish is asked for. */
export interface PostInput extends PartInput {
	/** Further posts that hang on the first. */
	thread: PartInput[];
	options: IDataObject;
	/** The place to post to, where the platform has several. */
	target?: string;
}

/** The post that the fields of a platform's node describe. */
export function readPost(fn: IExecuteFunctions, item: number): PostInput {
	const get = (name: string, fallback: unknown) => fn.getNodeParameter(name, item, fallback);
	const thread = get('thread', {}) as { post?: IDataObject[] };
	return {
		text: String(get('text', '') ?? ''),
		...linkOf(get('link', '')),
		media: readMedia(get('media', {})),
		thread: (thread.post ?? []).map((part) => ({
			text: String(part.text ?? ''),
			media: readMedia(part.media),
		})),
		options: readOptions(get('options', {})),
		...targetOf(get('target', '')),
	};
}

/** Of a resource locator: an empty one is none. */
export function targetOf(value: unknown): { target?: string } {
	const target = String(valueOf(value as IDataObject[string]) ?? '').trim();
	return target ? { target } : {};
}

/** What a parameter holds; of a resource locator its value. */
export function valueOf(parameter: IDataObject[string]): IDataObject[string] {
	const located = typeof parameter === 'object' && parameter !== null && '__rl' in parameter;
	return located ? (parameter as IDataObject).value : parameter;
}

/** An expression that comes to nothing counts as an option that was not chosen. */
export function readOptions(value: unknown): IDataObject {
	const chosen = Object.entries((value ?? {}) as IDataObject);
	return Object.fromEntries(chosen.filter(([, one]) => one !== null && one !== undefined));
}

export function linkOf(value: unknown): { link?: string } {
	const link = typeof value === 'string' ? value.trim() : '';
	return link ? { link } : {};
}

/**
 * The Media field: each row may name several binary properties or URLs, alt texts line by line. An
 * expression that gives null says that the post has no such file; an empty field is a mistake.
 */
export function readMedia(value: unknown): MediaSource[] {
	const { medium = [] } = (value ?? {}) as { medium?: IDataObject[] };
	return medium.flatMap(
		({ source, binaryProperty, url, altText, ...options }, row): MediaSource[] => {
			const place = source === 'url' ? url : binaryProperty;
			if (place === null) return [];
			const from = source === 'url' ? lines(place) : list(place);
			if (from.length === 0) return [{ missing: emptyRow(row, source), alt: '', options }];
			const alts = from.length > 1 ? rows(altText) : [String(altText ?? '').trim()];
			return from.map((one, index) => ({
				...(source === 'url' ? { url: one } : { binary: one }),
				alt: alts[index] ?? '',
				options,
			}));
		},
	);
}

function emptyRow(row: number, source: unknown): string {
	const what = source === 'url' ? 'URL' : 'Input Binary Field';
	return `File ${row + 1} of Media has an empty ${what} (an expression that gives null leaves the file out)`;
}

/** What stands line by line in a field, such as the answers of a poll. */
export function lines(value: unknown): string[] {
	return rows(value).filter(Boolean);
}

function rows(value: unknown): string[] {
	return String(value ?? '')
		.split(/\r?\n/)
		.map((line) => line.trim());
}

function list(value: unknown): string[] {
	return String(value ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}
