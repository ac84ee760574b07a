import type { IDataObject } from 'n8n-workflow';

import type { Api } from './api';
import type { Post, Published } from './post';

/**
 * Outcome of a publishing request without a clear answer. `not-published`: no effect so far.
 * `never`: the platform has ended the attempt, so it will have none.
 */
export type Outcome = Published | 'not-published' | 'never' | 'unknown';

/**
 * How to find a post whose publishing request got no clear answer. The platform only queries and
 * lists; the core decides which listed post matches and whether a missing post proves anything.
 */
export interface ReadBack {
	/**
	 * Ms after the end of an unanswered publishing request until it has either taken effect or never
	 * will. A post missing before then proves nothing.
	 */
	readonly commitsWithin: number;
	/** Most ms that a publishing request may take, if more than a minute. */
	readonly requestWithin?: number;
	/** Ms between the first two looks, growing by half, and ms in total. */
	readonly looks: { readonly every: number; readonly atMost: number };
	/**
	 * Asks about the attempt by an ID from the mark, such as a record key, container or job.
	 * `unknown` if the mark has no ID, as after a crash.
	 */
	confirm?(api: Api, post: Post, mark: IDataObject): Promise<Outcome>;
	/** What to look for in the list; undefined if no list can show the post. */
	sought?(
		api: Api,
		post: Post,
		mark: IDataObject,
	): Promise<Sought | undefined> | Sought | undefined;
	/** One page of the newest posts at the place where the post would be. */
	newest?(api: Api, sought: Sought, cursor?: string): Promise<Newest>;
	/** The vendor does not promise an order, so the whole list is read. */
	readonly unordered?: true;
}

/** The post as the list would show it. */
export interface Sought {
	/** Visible text; empty for a post without text. */
	readonly text: string;
	/** IDs of its files in the list, if the mark has them. */
	readonly media: readonly string[];
	/** Number of files; undefined if the list does not show them all separately. */
	readonly files?: number;
	/** The list omits some posts, so a missing post proves nothing. */
	readonly partial?: boolean;
	/** Anything else that `newest` needs. */
	readonly more?: IDataObject;
}

export interface Newest {
	readonly posts: readonly Listed[];
	/** Cursor of older posts; absent at the end. */
	readonly cursor?: string;
}

/** A post of the account. Facts that the platform does not show are undefined. */
export interface Listed {
	readonly id: string;
	/** Public URL, for messages. */
	readonly url?: string;
	/** Epoch ms on the platform's clock. */
	readonly at?: number;
	/** Versions of the text that count as equal to the text sent. */
	readonly text?: readonly string[] | (() => Promise<readonly string[]>);
	/** IDs of all its files. */
	readonly media?: readonly string[];
	/** Number of files. */
	readonly files?: number;
	/** Set if the platform can compare better than by text and files. */
	readonly is?: Likeness;
	/** The result of the node if this is the post. */
	published(): Promise<Published>;
}

/**
 * `exact`: no other post can look like this. `same`: all visible facts agree. `maybe`: this post or
 * another one. `other`: surely another one.
 */
export type Likeness = 'exact' | 'same' | 'maybe' | 'other';
