import type { IDataObject } from 'n8n-workflow';

import type { MediaSource } from '../contract/media';
import type { Problem } from '../contract/problem';

/** One post as the user gave it. Plain data, because a Resume State may hold it. */
export interface PartInput {
	text: string;
	link?: string;
	media: MediaSource[];
}

/** The complete input of Publish. */
export interface PostInput extends PartInput {
	/** Further posts of a thread. */
	thread: PartInput[];
	options: IDataObject;
	/** The target, if the platform has several. */
	target?: string;
	/** Fields that could not be read; they are missing above. */
	problems?: Problem[];
	/** Values that were changed while reading. */
	warnings?: string[];
}
