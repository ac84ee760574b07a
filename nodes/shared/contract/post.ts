import type { IDataObject } from 'n8n-workflow';

import type { Media } from './media';

/** A single post, or one part of a thread, as an adapter gets it. */
export interface Post {
	text: string;
	link?: string;
	media: Media[];
	/** Options that only this platform has. */
	options: IDataObject;
	title?: string;
	/** Epoch ms, like all times in the contract. The platform publishes the post at that time. */
	scheduledAt?: number;
	poll?: Poll;
	/** Text of a comment to add under the published post. */
	firstComment?: string;
	/** Target as the user gave it. */
	target?: string;
	/** In a thread: number of this part, from 0, and number of all parts. */
	thread?: { part: number; of: number };
	/** In a thread: the `ref` of the previous part. */
	parent?: IDataObject;
}

/** Without the settings that the platform's limits do not include. */
export interface Poll {
	question?: string;
	answers: string[];
	/** Voting time. */
	minutes: number;
	multiple?: boolean;
	hideTotals?: boolean;
}

/** The outcome of publishing, as an adapter returns it. */
export interface Published {
	/** Empty if the post is surely published but its ID is unknown. */
	id: string;
	url?: string;
	/** What the next part of a thread needs to continue this one; default: `{ id }`. */
	ref?: IDataObject;
	/**
	 * `scheduled`: the platform publishes it at `publishedAt`. `draft`: the owner has to publish it
	 * on the platform.
	 */
	status?: 'published' | 'already_published' | 'processing' | 'scheduled' | 'draft';
	/** With `processing`: the state for `resume`. */
	resume?: IDataObject;
	warnings?: string[];
	/** The post's account, if it is not the credential's. */
	account?: Account;
	/** ISO 8601, if the platform schedules or dates the post. */
	publishedAt?: string;
}

export interface Account {
	id: string;
	name: string;
}

/** The account, with more facts from the platform; no secrets. */
export interface Profile extends Account {
	url?: string;
	details?: IDataObject;
}
