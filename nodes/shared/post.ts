import type { IDataObject } from 'n8n-workflow';

import type { MediaSource } from './media/media';
import type { Problem } from './platform';

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
	/** What of the fields could not be taken, and is not in the rest. */
	problems?: Problem[];
	/** What was taken otherwise than it was given. */
	warnings?: string[];
}

/** Of a resource locator: an empty one is none. */
export function targetOf(value: unknown): { target?: string } {
	const target = String(valueOf(value as IDataObject[string]) ?? '').trim();
	return target ? { target } : {};
}

/** What a parameter holds; of a resource locator its value. */
export function valueOf(parameter: IDataObject[string]): IDataObject[string] {
	if (typeof parameter !== 'object' || parameter === null || !('value' in parameter)) {
		return parameter;
	}
	// The mark of n8n's editor is missing where a workflow was written by hand.
	return '__rl' in parameter || 'mode' in parameter ? parameter.value : parameter;
}

/** What stands line by line in a field, such as the answers of a poll. */
export function lines(value: unknown): string[] {
	return String(value ?? '')
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean);
}
