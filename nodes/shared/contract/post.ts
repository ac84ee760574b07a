import type { IDataObject } from 'n8n-workflow';

import type { Media } from './media';

export interface Post {
	text: string;
	link?: string;
	media: Media[];
	/** What only this platform asks: those below are not among them. */
	options: IDataObject;
	title?: string;
	/** Epoch ms, as all times in the contract: the platform itself publishes the post then. */
	scheduledAt?: number;
	poll?: Poll;
	/** Comment to add under the post once it is out. */
	firstComment?: string;
	/** The place to post to, as the user gave it. */
	target?: string;
	/** In a thread: the number of this part, from 0, and of all. */
	thread?: { part: number; of: number };
	/** In a thread: the `ref` of the part before, to hang on. */
	parent?: IDataObject;
}

/** What a platform's limits do not name is left out. */
export interface Poll {
	question?: string;
	answers: string[];
	/** How long people may vote. */
	minutes: number;
	multiple?: boolean;
	hideTotals?: boolean;
}

export interface Published {
	/** Empty where a post is out for sure and nothing tells which one it is. */
	id: string;
	url?: string;
	/** What a next part of a thread needs to hang on this one; default `{ id }`. */
	ref?: IDataObject;
	/**
	 * `scheduled`: the platform itself will publish it, at `publishedAt`; `draft`: its owner has to
	 * publish it there.
	 */
	status?: 'published' | 'already_published' | 'processing' | 'scheduled' | 'draft';
	/** With `processing`: what `resume` needs to finish. */
	resume?: IDataObject;
	warnings?: string[];
	/** Whose post it is, where that is not the account of the credential. */
	account?: Account;
	/** ISO 8601, where the platform schedules or dates the post itself. */
	publishedAt?: string;
}

export interface Account {
	id: string;
	name: string;
}

/** The account and what else the platform says of it, without secrets. */
export interface Profile extends Account {
	url?: string;
	details?: IDataObject;
}
