import type { IncomingHttpHeaders } from 'node:http';
import type { Body } from './body';
import type { Clock } from './clock';
import type { Fault, Faults } from './faults';
import type { Token, TokenStore } from './tokens';

export interface Reply {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
	html?: string;
}

/** One request to a sandbox. */
export interface Call {
	method: string;
	/** Without the version prefix, if the platform ignores it. */
	path: string;
	params: Record<string, string>;
	query: URLSearchParams;
	/** The query as sent, for platforms that check its encoding. */
	search: string;
	headers: IncomingHttpHeaders;
	body: Body;
	operation: string;
	/** A fault that the handler simulates: slow-processing, late media-refused, special ones. */
	fault?: Fault;
	/** Set by the platform's authentication. */
	token?: Token;
}

export interface Route {
	operation: string;
	method: string;
	path: string;
	/** If several routes share a path, the first one whose `when` returns true is used. */
	when?(params: Record<string, string>): boolean;
	handle(call: Call): Reply | Promise<Reply>;
	/** Keep at most this many uploaded bytes (of an upload's part, never of a whole large file). */
	keep?: number;
	/** Accept JSON and forms of at most this many bytes, for files in base64. */
	text?: number;
	/** Store a binary body in its own file, for handlers that read it again. */
	spool?: boolean;
	/** Refuse larger bodies before reading them. */
	limit?: number;
}

/** The platform's wording of answers that do not come from a handler. */
export interface Refusals {
	notFound(call: Call): Reply;
	malformed(call: Call, reason: string): Reply;
	tooLarge(call: Call): Reply;
	rateLimited(call: Call, retryAfter: number): Reply;
	serverError(call: Call, status: number): Reply;
	deadToken(call: Call, health: 'expired' | 'revoked'): Reply;
	refused(call: Call): Reply;
	mediaRefused(call: Call): Reply;
	/** Faults of this platform only, by kind. */
	special?: Record<string, (call: Call) => Reply>;
}

export interface Platform<State> {
	routes: Route[];
	refusals: Refusals;
	state: State;
	tokens: TokenStore;
	/** Finds the access token in a request. */
	bearer(call: Call): string | undefined;
	/**
	 * Kinds of fault that the handlers simulate, besides the common ones and the special refusals.
	 */
	ownFaults?: readonly string[];
	/** The answer if the caller exceeds its rate limit. */
	limited?(call: Call): Reply | undefined;
	/** Headers of every answer. */
	headers?(call: Call): Record<string, string>;
	pathOf?(path: string): string;
	/** Does work that is due, such as scheduled posts. */
	settle?(): void;
	issueToken(asked: TokenRequest): IssuedToken;
	/** Secrets that it has issued besides tokens, such as the signature of an upload URL. */
	secrets?(): string[];
	/** The state for `/__sandbox/state`, without secrets. */
	show(): unknown;
}

export interface TokenRequest {
	account?: string;
	scopes?: string[];
	kind?: string;
	/** Default: the platform's usual lifetime. */
	lifeMs?: number;
}

export interface IssuedToken {
	accessToken: string;
	refreshToken?: string;
	account: string;
	scopes: string[];
	expiresAt?: number;
}

export interface RecordedRequest {
	at: string;
	operation: string;
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	/** Without the value of Authorization, but with its scheme. */
	headers: IncomingHttpHeaders;
	contentType: string;
	body?: unknown;
	files?: unknown[];
	binary?: unknown;
	/** The token that signed the request. */
	token?: { id: number; kind: string; account: string };
	fault?: string;
	/** Absent until answered; 0 if the connection was cut. */
	status?: number;
}

export interface SandboxPost {
	id: string;
	url: string;
	account: string;
	text: string;
	createdAt: string;
	media: SandboxMedia[];
	replyTo?: string;
	quoteOf?: string;
	/** All other fields of the post's request, in the platform's words. */
	options: Record<string, unknown>;
}

export interface SandboxMedia {
	id: string;
	type: string;
	length: number;
	/** Null if segments arrived in an order that cannot be hashed without keeping the file. */
	sha256: string | null;
	alt?: string;
	width?: number;
	height?: number;
	[more: string]: unknown;
}

export interface Sandbox<State> {
	name: string;
	url: string;
	port: number;
	state: State;
	faults: Faults;
	requests: RecordedRequest[];
	clock: Clock;
	/** Issues a token without a consent, for tests that are not about OAuth. */
	issueToken(asked?: TokenRequest): IssuedToken;
	/** Every issued token and signature, for the search for leaks. */
	secrets(): string[];
	/** Revokes the app's permission of every account. */
	revokeAll(): void;
	stop(): Promise<void>;
}

/** Thrown to end a handler with this answer. */
export class Refusal extends Error {
	constructor(readonly reply: Reply) {
		super(`refused with ${reply.status}`);
	}
}

export function refuse(reply: Reply): never {
	throw new Refusal(reply);
}
