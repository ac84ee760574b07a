import type { IDataObject } from 'n8n-workflow';

import type { Api } from './api';
import type { Post, Published } from './post';

/**
 * What became of a publishing request that got no clear answer. `not-published`: it has had no
 * effect yet; `never`: the platform itself has ended the attempt, so that none will come.
 */
export type Outcome = Published | 'not-published' | 'never' | 'unknown';

/**
 * How a platform tells what became of a publishing request. It only asks and lists; which of the
 * listed posts is the one in question, and whether its absence proves anything, the core decides.
 */
export interface ReadBack {
	/**
	 * Ms from the end of a publishing request without an answer, after which it has taken effect or
	 * never will. Until then a post that is not there proves nothing.
	 */
	readonly commitsWithin: number;
	/** Ms that a publishing request may take, if more than a minute. */
	readonly requestWithin?: number;
	/** Ms between the first looks, which grow by half, and for how long such looks are taken. */
	readonly looks: { readonly every: number; readonly atMost: number };
	/**
	 * What the platform says of the attempt itself, by a name that the mark holds: a record key, a
	 * container, a job. `unknown` where the mark holds no such name, as after a crash.
	 */
	confirm?(api: Api, post: Post, mark: IDataObject): Promise<Outcome>;
	/** How the post is known in a list; undefined where no list would ever show it. */
	sought?(
		api: Api,
		post: Post,
		mark: IDataObject,
	): Promise<Sought | undefined> | Sought | undefined;
	/** One page of the newest posts at the place where the post stands if it is out. */
	newest?(api: Api, sought: Sought, cursor?: string): Promise<Newest>;
	/** The list comes in no order that the vendor promises, so that all of it is read. */
	readonly unordered?: true;
}

/** The post as it would look in a list; a platform adds what its own `newest` needs. */
export interface Sought {
	/** The words that people see; empty for a post without any. */
	readonly text: string;
	/** Ids of its files by which the platform lists them, as far as the mark holds them. */
	readonly media: readonly string[];
	/** How many files it has; undefined where they are not all told apart in the list. */
	readonly files?: number;
	/** This list leaves posts out, so that a post which is not in it proves nothing. */
	readonly partial?: boolean;
	/** Whatever `newest` needs besides. */
	readonly more?: IDataObject;
}

export interface Newest {
	readonly posts: readonly Listed[];
	/** Leads to older posts; absent at the end. */
	readonly cursor?: string;
}

/** A post that the account has. What the platform does not show of it is left out. */
export interface Listed {
	readonly id: string;
	/** Where people see it, for messages. */
	readonly url?: string;
	/** Epoch ms on the platform's clock. */
	readonly at?: number;
	/** The readings of its words that count as the text as it was sent. */
	readonly text?: readonly string[] | (() => Promise<readonly string[]>);
	/** Ids of its files, all of them. */
	readonly media?: readonly string[];
	/** How many files it has. */
	readonly files?: number;
	/** Where the platform knows better than by text and files. */
	readonly is?: Likeness;
	/** The result, should this be the post. */
	published(): Promise<Published>;
}

/**
 * `exact`: no other post can look like this; `same`: all that is shown agrees; `maybe`: it may be
 * this post or another; `other`: surely another.
 */
export type Likeness = 'exact' | 'same' | 'maybe' | 'other';
