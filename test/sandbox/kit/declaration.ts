import type { Body } from './body';
import type { FilePart } from './multipart';
import type { Schema } from './schema';
import type { Call, SandboxPost } from './types';

/** A platform's server as data; `declared` makes an imitation of it. */
export interface Declaration {
	/** The vendor's name. */
	readonly name: string;
	readonly token: TokenPlace;
	readonly accounts?: readonly string[];
	/** Ms that a token lives; without it until it is revoked. */
	readonly tokenLife?: number;
	/** The id of the first thing made; each further one is greater by one. */
	readonly firstId: bigint;
	readonly routes: readonly DeclaredRoute[];
	readonly refusals: Refusals;
	/** The body of a refusal: the vendor's own form of an error. */
	envelope(told: Told): unknown;
	/** Path under which people see a post, with `:id`. */
	readonly page?: string;
	/** The address of a post. */
	urlOf?(id: string, base: string): string;
}

/** Where a request shows its token; `path` and `query` by the name of a part. */
export type TokenPlace =
	| { readonly in: 'header'; readonly name: string; readonly scheme?: string }
	| { readonly in: 'path'; readonly name: string }
	| { readonly in: 'query'; readonly name: string };

/** How the vendor refuses what any request may meet, by status, code and words. */
export interface Refusals {
	readonly notFound: Refused;
	readonly malformed: Refused;
	readonly tooLarge: Refused;
	readonly rateLimited: Refused;
	/** Its status is that of the fault. */
	readonly serverError: Omit<Refused, 'status'>;
	readonly deadToken: Refused;
	/** What the vendor does not like in a post or in a file of it. */
	readonly refused: Refused;
	readonly mediaRefused?: Refused;
	/** Further faults by kind. */
	readonly special?: Readonly<Record<string, Refused>>;
}

export interface Refused {
	readonly status: number;
	readonly code?: string | number;
	readonly message: string;
}

/** A refusal on its way into the envelope. */
export interface Told extends Refused {
	/** What does not fit the shape of a request, as `path: what is wrong`. */
	readonly problems?: readonly string[];
	/** Seconds. */
	readonly retryAfter?: number;
}

export interface DeclaredRoute {
	readonly operation: string;
	readonly method: string;
	readonly path: string;
	/** Shape of the JSON or form that it takes. */
	readonly body?: Schema;
	/** Files it takes besides, as multipart. */
	readonly files?: FileRule;
	/** What must stand in the query. */
	readonly query?: Readonly<Record<string, string>>;
	/** What no shape can say. */
	check?(sent: Sent): Refused | undefined;
	/** What it does to the post whose id stands in the path as `:id`; without one there is no post. */
	readonly on?: 'read' | 'change' | 'delete';
	/** It makes a post with these words and options; with `on: 'change'` it changes them. */
	makes?(sent: Sent): Pick<SandboxPost, 'text'> & Partial<Made>;
	/** 200 if left out. */
	readonly status?: number;
	/** The body of the answer, empty if left out. */
	answer?(sent: Sent, post: SandboxPost): unknown;
}

export interface FileRule {
	/** Name of the field that holds the JSON, if the other fields are not taken one by one. */
	readonly json?: string;
	readonly count: number;
	readonly bytes: number;
	/** Name of each file's field, by its place. */
	field(at: number): string;
}

export type Made = Pick<SandboxPost, 'options' | 'replyTo'> & {
	/** Alt text of each file, in order. */
	alts: ReadonlyArray<string | undefined>;
};

/** A request as far as it was found right. */
export interface Sent {
	readonly account: string;
	readonly token: string;
	readonly body: Readonly<Record<string, unknown>>;
	readonly files: readonly FilePart[];
	readonly raw: Body;
	readonly call: Call;
}
