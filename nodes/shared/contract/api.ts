import type { IDataObject } from 'n8n-workflow';

import type { Attempt } from './attempt';
import type { TokenData } from './authMethod';
import type { FailureCode } from './failure';
import type { Call, Reply } from './http';
import type { Limits } from './limits';
import type { LinkCard, Media } from './media';
import type { Account } from './post';

/** A request as an adapter writes it; the core signs it and deals with what comes back. */
export interface Request extends Omit<Call, 'url'> {
	/**
	 * Under the base URL that the credential holds, or absolute, as an answer named it: then it gets a
	 * token only where it is the platform's own.
	 */
	path: string;
	/** Credential property with the base URL, if not the platform's usual one. */
	host?: string;
	/** Nothing is published by it, so it may be sent again; GET, PUT and DELETE always may. */
	repeatable?: boolean;
	/** Signed with this token instead of the session's, or with none. */
	token?: string | 'none';
	/** What it means if the platform does not like the content of this request. */
	refusal?: FailureCode;
	/** What it carries that lets somebody in, besides tokens and what stands in URLs. */
	secrets?: readonly string[];
	/** Response header that holds the whole answer, where a vendor's good answers have no body. */
	answerHeader?: string;
}

/** All that an adapter may do to the world. */
export interface Api {
	readonly credential: IDataObject;
	/** What is stored with the token, as the policy's `obtain` made it. */
	readonly token: TokenData;
	/** As the preflight read them; outside of publishing those of the platform. */
	readonly limits: Limits;
	/** Identity of this publication, the same however often n8n repeats the node. */
	readonly attempt: Pick<
		Attempt,
		'key' | 'series' | 'part' | 'owner' | 'at' | 'namedAt' | 'isUndated' | 'checkpoint'
	>;
	/** The body of a successful answer. */
	send<T = IDataObject>(request: Request): Promise<T>;
	/** The whole answer, for those who need status or headers; also of a refusal in `accept`. */
	reply(request: Request, accept?: Accept): Promise<Reply>;
	/**
	 * The one request that shows the post to people. It is repeated only when the answer proves
	 * that nothing was published; `mark` is noted first, for the read-back. `idempotent`: the server
	 * itself surely recognizes a repetition with the same key, within minutes at least. With an
	 * `answerHeader` it gives that header by its name.
	 */
	publish<T = IDataObject>(
		request: Request & { idempotent?: boolean },
		mark?: IDataObject,
	): Promise<T>;
	/** Adds to the mark what the answer to the publishing request named, for the read-back. */
	note(mark: IDataObject): void;
	/**
	 * Asks until there is an answer or the time is over; intervals grow by half up to ten times.
	 * With a function for `every` they are what it says after each asking.
	 */
	until<T>(check: () => Promise<T | undefined>, times: Times): Promise<T | undefined>;
	/** Waits so many ms; fails when the execution is stopped. */
	wait(ms: number): Promise<void>;
	/**
	 * By how many ms the platform's clock is ahead of n8n's, and how far that may be off; undefined
	 * before an answer with a Date header came.
	 */
	readonly serverClock: ServerClock | undefined;
	/** Whose token this is; asked once and kept beside the token. */
	account(): Promise<Account>;
	/**
	 * A further secret that the token gives access to, such as the token of a page: made once, and
	 * anew where a request signed with it is refused for it; kept encrypted beside the token it was
	 * made with, and hidden in every message.
	 */
	derive(name: string, make: () => Promise<string>): Promise<string>;
	/** A list out of an answer; fails where there is none, as in the page of something in between. */
	listIn<T = IDataObject>(value: unknown): T[];
	/**
	 * The pages of a listing to its end, the one way to read several of them; fails where it has none.
	 */
	pages<T extends Paged>(
		ask: (cursor?: string) => Promise<T>,
		extent?: Extent,
	): AsyncGenerator<T, void>;
	warn(message: string): void;
	/** A step whose failure must not fail the post: it becomes a warning that names `what`. */
	tolerate<T>(what: string, step: () => Promise<T>): Promise<T | undefined>;
	/** Ms the user allows for waiting on the platform's processing. */
	readonly processingWaitMs: number;
	/** What a page says of itself. */
	card(url: string): Promise<LinkCard | undefined>;
	/** A file on the web, refused if it is larger. */
	fetchMedia(url: string, atMost: number): Promise<Media>;
}

export interface ServerClock {
	readonly ahead: number;
	readonly within: number;
}

/** Which refusals are an answer to whoever asks: by status, or by what they say. */
export type Accept = readonly number[] | ((reply: Reply) => boolean);

export interface Extent {
	/** How many pages the listing can have; with more it has no end. */
	most?: number;
	/** The cursor to begin at. */
	from?: string;
	/** So many pages are enough, whatever comes after them. */
	enough?: number;
	/** What helps where the listing has no end. */
	advice?(): string;
}

/** One page of a listing. */
export interface Paged {
	/** Leads to the next one; absent at the end. */
	readonly cursor?: string;
}

export interface Times {
	/** Ms between the first two askings; what a function says is taken as it is. */
	every: number | (() => number);
	/** Ms in all. */
	atMost: number;
}
