import type { IDataObject } from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import type { Problem } from '../contract/problem';

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
