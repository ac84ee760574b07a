import type { IDataObject } from 'n8n-workflow';

import type { Attempt } from './attempt';
import type { TokenData } from './authMethod';
import type { FailureCode } from './failure';
import type { Call, Reply } from './http';
import type { Limits } from './limits';
import type { LinkCard, Media } from './media';
import type { Account } from './post';

/**
 * A request as an adapter writes it. The core adds the host and the credentials, and handles the
 * answer.
 */
export interface Request extends Omit<Call, 'url'> {
	/**
	 * Relative to the credential's base URL, or an absolute URL from an answer. An absolute URL gets
	 * the token only if its host belongs to the platform.
	 */
	path: string;
	/** Credential property with the base URL; by default `AuthMethod.host`. */
	host?: string;
	/**
	 * The request publishes nothing, so it may be sent again. GET, PUT and DELETE are repeatable by
	 * default.
	 */
	repeatable?: boolean;
	/** Signs with this token instead of the session's; `none` sends the request unsigned. */
	token?: string | 'none';
	/** The failure code if the platform rejects the content of this request. */
	refusal?: FailureCode;
	/** Secrets in the request to hide in messages, besides tokens and URL parts. */
	secrets?: readonly string[];
	/** Response header that holds the whole answer, for vendors that answer without a body. */
	answerHeader?: string;
}

/** Everything an adapter may do outside its own code: send, publish, wait, load files, warn. */
export interface Api {
	readonly credential: IDataObject;
	/** The stored token, as the policy's `obtain` returned it. */
	readonly token: TokenData;
	/** The limits that the preflight read; outside publishing, the platform's default limits. */
	readonly limits: Limits;
	/** Identity of this post, the same in every repetition of the node. */
	readonly attempt: Pick<
		Attempt,
		'key' | 'series' | 'part' | 'owner' | 'at' | 'namedAt' | 'isUndated' | 'checkpoint'
	>;
	/** Returns the body of a good answer; throws on any other. */
	send<T = IDataObject>(request: Request): Promise<T>;
	/**
	 * Returns status, headers and body. Refusals that match `accept` are returned, others are thrown.
	 */
	reply(request: Request, accept?: Accept): Promise<Reply>;
	/**
	 * Sends the one request that makes the post visible. It is repeated only if the answer proves
	 * that nothing was published. `mark` is saved first, so that the read-back can find the post.
	 * `idempotent`: the server recognizes a repetition with the same key for at least some minutes.
	 * With `answerHeader` the result is an object with that one header.
	 */
	publish<T = IDataObject>(
		request: Request & { idempotent?: boolean },
		mark?: IDataObject,
	): Promise<T>;
	/** Adds facts from the answer to the publishing request to the mark, for the read-back. */
	note(mark: IDataObject): void;
	/**
	 * Calls `check` until it returns a value or the time is over; then returns undefined. The
	 * interval grows by half each time, up to tenfold. A function for `every` sets each interval
	 * itself.
	 */
	until<T>(check: () => Promise<T | undefined>, times: Times): Promise<T | undefined>;
	/** Waits in ms; throws when the execution is stopped. */
	wait(ms: number): Promise<void>;
	/**
	 * Difference between the platform's clock and n8n's; undefined until an answer with a Date
	 * header.
	 */
	readonly serverClock: ServerClock | undefined;
	/** The account of the token. It is asked for once and stored with the token. */
	account(): Promise<Account>;
	/**
	 * Returns a derived token, such as the token of a Page. `make` runs once, and again if a request
	 * signed with the secret is refused. The secret is stored encrypted beside its token and hidden
	 * in every message.
	 */
	derive(name: string, make: () => Promise<string>): Promise<string>;
	/** Returns the value if it is a list; throws otherwise, for example if a proxy answered. */
	listIn<T = IDataObject>(value: unknown): T[];
	/**
	 * Reads a listing page by page to its end; throws if it does not end. Use this for every listing
	 * of more than one page.
	 */
	pages<T extends Paged>(
		ask: (cursor?: string) => Promise<T>,
		extent?: Extent,
	): AsyncGenerator<T, void>;
	warn(message: string): void;
	/**
	 * Runs a step that must not fail the post: a failure becomes a warning that starts with `what`.
	 */
	tolerate<T>(what: string, step: () => Promise<T>): Promise<T | undefined>;
	/** Ms that the user allows for the platform's processing. */
	readonly processingWaitMs: number;
	/** The preview data of a web page; undefined if it cannot be read. */
	card(url: string): Promise<LinkCard | undefined>;
	/** Loads a file from the web; throws if it has more than `atMost` bytes. */
	fetchMedia(url: string, atMost: number): Promise<Media>;
}

export interface ServerClock {
	/** Ms that the platform's clock is ahead of n8n's. */
	readonly ahead: number;
	/** Error of `ahead` in ms, either way. */
	readonly within: number;
}

/** Which refusals are returned instead of thrown: by status, or by a test of the answer. */
export type Accept = readonly number[] | ((reply: Reply) => boolean);

/** How far a listing is read. */
export interface Extent {
	/** Most pages that the listing can have; more pages are an error. */
	most?: number;
	/** Cursor of the first page to read. */
	from?: string;
	/** Stops without an error after this many pages. */
	enough?: number;
	/** Remediation for a listing that does not end. */
	advice?(): string;
}

export interface Paged {
	/** Cursor of the next page; absent on the last one. */
	readonly cursor?: string;
}

export interface Times {
	/** Ms between the first two calls; a function returns the ms before each next call. */
	every: number | (() => number);
	/** Ms in total. */
	atMost: number;
}
