import type { IDataObject } from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import type { Platform } from '../contract/platform';
import type { Published } from '../contract/post';
import type { Shape, Shapes } from '../contract/shape';
import { firstVersion, hasFormerName, newestVersion } from '../editor/versions';
import { refuse } from '../errors/failure';
import { mended } from '../mended';
import { addressIn } from './address';
import { readPostOptions } from './postFields';
import type { PartInput } from './postInput';
import { isPlainObject, notesFor } from './values';

/** The content of a validated Resume State. */
export interface State {
	rest: [PartInput, ...PartInput[]];
	published: Published[];
	options: IDataObject;
	target?: string;
	pending?: IDataObject;
}

/** Reads a Resume State. It may come from a stranger, so every value is validated. */
export function readState(platform: Platform, given: unknown): State {
	const state = parse(given);
	if (!isPlainObject(state) || state.platform !== platform.id) return refuseState(platform);
	const { rest, published = [], target, pending } = state;
	if (!Array.isArray(published) || !published.every(isPublished)) {
		return refuseState(platform, 'published');
	}
	if (target !== undefined && !isText(target)) return refuseState(platform, 'target');
	if (pending !== undefined && !isPending(platform, pending)) {
		return refuseState(platform, 'pending');
	}
	return {
		rest: restOf(platform, rest, pending !== undefined),
		published: published.map((one) => ({ id: '', ...one }) as unknown as Published),
		options: optionsIn(platform, state.options),
		...(isText(target) && { target }),
		...(isPlainObject(pending) && { pending }),
	};
}

/** `isWith`: the platform already has the first part and its files. */
function restOf(platform: Platform, rest: unknown, isWith: boolean): State['rest'] {
	const isOut = (index: number) => isWith && index === 0;
	const parts = Array.isArray(rest) ? rest.map((part, index) => partOf(part, isOut(index))) : [];
	const whole = parts.filter((part) => part !== undefined);
	const [first, ...others] = whole;
	if (!first || whole.length < parts.length) return refuseState(platform, 'rest');
	return [first, ...others];
}

function partOf(part: unknown, isOut: boolean): PartInput | undefined {
	if (!isPlainObject(part)) return undefined;
	const { text, link, media: files = isOut ? [] : undefined } = part;
	if (typeof text !== 'string' || !Array.isArray(files)) return undefined;
	const address = typeof link === 'string' ? addressIn(link) : undefined;
	const media = files.map(sourceOf).filter((one) => one !== undefined);
	if (media.length < files.length || (link !== undefined && !address)) return undefined;
	return { text, ...(address && { link: address }), media };
}

/** Accepts files by field name or URL only, because binary data could name any file of this n8n. */
function sourceOf(source: unknown): MediaSource | undefined {
	if (!isPlainObject(source)) return undefined;
	const { binary, url, missing, alt = '', options = {} } = source;
	const texts = [binary, url, missing].filter((one) => one !== undefined);
	if (texts.length === 0 || !texts.every(isText)) return undefined;
	if (typeof alt !== 'string' || !isPlainObject(options)) return undefined;
	if (!Object.values(options).every((one) => typeof one === 'string')) return undefined;
	const address = isText(url) ? addressIn(url) : undefined;
	if (url !== undefined && !address) return undefined;
	return {
		...(isText(binary) && { binary }),
		...(address && { url: address }),
		...(isText(missing) && { missing }),
		...{ alt, options },
	};
}

function optionsIn(platform: Platform, options: unknown): IDataObject {
	const given = { value: options, raw: undefined };
	// A state has no version: it is an old one if it has names that only old nodes have, or if a new
	// node cannot read it.
	const isOld = isPlainObject(options) && hasFormerName(platform, Object.keys(options));
	const versions = isOld ? [firstVersion] : [newestVersion, firstVersion];
	const readings = versions.map((version) => {
		const notes = notesFor(platform.id);
		return { notes, read: readPostOptions(notes, given, { platform, version }) };
	});
	const good = readings.find(({ notes }) => notes.problems.length === 0);
	if (good) return good.read;
	const [first] = readings.flatMap(({ notes }) => notes.problems);
	return refuseState(platform, 'options', first?.message ?? '');
}

/** The next part needs `ref`, or the ID alone. */
function isPublished(one: unknown): boolean {
	if (!isPlainObject(one)) return false;
	const { id, url, status, ref } = one;
	const texts = [id, url, status].every((text) => text === undefined || typeof text === 'string');
	return (
		texts && (ref === undefined || (isPlainObject(ref) && (isText(ref.id) || isText(ref.uri))))
	);
}

function isPending({ pending = [{}] }: Platform, given: unknown): boolean {
	return isPlainObject(given) && pending.some((shapes) => fits(given, shapes));
}

function fits(given: unknown, shapes: Shapes): boolean {
	if (!isPlainObject(given)) return false;
	return Object.entries(shapes).every(([name, shape]) => isOf(given[name], shape));
}

function isOf(value: unknown, shape: Shape): boolean {
	if (typeof shape !== 'string') {
		return Array.isArray(value) && value.every((one) => fits(one, shape));
	}
	if (shape.endsWith('?') && value === undefined) return true;
	const kind = shape.replace('?', '');
	if (kind === 'texts') return Array.isArray(value) && value.length > 0 && value.every(isText);
	if (kind === 'text') return typeof value === 'string';
	if (kind === 'id') return isText(value);
	return kind === 'object' ? isPlainObject(value) : typeof value === kind;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

/** Parses the state and removes characters that platforms cannot store. */
function parse(given: unknown): unknown {
	try {
		const text = typeof given === 'string' ? given : JSON.stringify(given);
		return JSON.parse(text, (_key, value: unknown) =>
			typeof value === 'string' ? mended(value) : value,
		);
	} catch {
		return undefined;
	}
}

function refuseState({ id, name }: Platform, part?: string, why?: string): never {
	const where = part ? `: its "${part}" is not what the pack writes there` : '';
	return refuse({
		code: 'validation_failed',
		platform: id,
		rule: `${id}.resume.state`,
		message: `Resume State is not the "resume" object of an earlier ${name} result${where}${why ? ` (${why})` : ''}`,
		remediation: 'Map json.resume of the earlier result, or json.error.resume of the failure.',
	});
}
