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

/** One request on its way through a sandbox. */
export interface Call {
	method: string;
	/** Without version prefix where the platform ignores one. */
	path: string;
	params: Record<string, string>;
	query: URLSearchParams;
	/** The query as it was sent, for platforms that mind how it is encoded. */
	search: string;
	headers: IncomingHttpHeaders;
	body: Body;
	operation: string;
	/** A fault that the handler itself plays out: slow-processing, late media-refused, special ones. */
	fault?: Fault;
	/** Set by the platform's authentication as soon as it knows whose request this is. */
	token?: Token;
}

export interface Route {
	operation: string;
	method: string;
	path: string;
	/** Where one path means several things: the first route that agrees is taken. */
	when?(params: Record<string, string>): boolean;
	handle(call: Call): Reply | Promise<Reply>;
	/** Keep uploaded bytes up to this many (an upload's part, never a whole large file). */
	keep?: number;
	/** Take JSON and forms up to this many bytes, where they carry files in base64. */
	text?: number;
	/** Put a binary body into a file of its own, for work that needs it again. */
	spool?: boolean;
	/** Bodies above this are turned away before they are read. */
	limit?: number;
}

/** How a platform words the answers that do not come from a handler. */
export interface Refusals {
	notFound(call: Call): Reply;
	malformed(call: Call, reason: string): Reply;
	tooLarge(call: Call): Reply;
	rateLimited(call: Call, retryAfter: number): Reply;
	serverError(call: Call, status: number): Reply;
	deadToken(call: Call, health: 'expired' | 'revoked'): Reply;
	refused(call: Call): Reply;
	mediaRefused(call: Call): Reply;
	/** Faults only this platform knows, by kind. */
	special?: Record<string, (call: Call) => Reply>;
}

export interface Platform<State> {
	routes: Route[];
	refusals: Refusals;
	state: State;
	tokens: TokenStore;
	/** The access token of a request, wherever this platform takes it from. */
	bearer(call: Call): string | undefined;
	/** Kinds of fault that its handlers play out, besides the common ones and its special refusals. */
	ownFaults?: readonly string[];
	/** Answers when the caller is over its limit. */
	limited?(call: Call): Reply | undefined;
	/** Headers every answer carries. */
	headers?(call: Call): Record<string, string>;
	pathOf?(path: string): string;
	/** Work that falls due with time: scheduled posts. */
	settle?(): void;
	issueToken(asked: TokenRequest): IssuedToken;
	/** What it gave away besides tokens and lets anybody in, such as the signature of an upload's address. */
	secrets?(): string[];
	/** What `/__sandbox/state` shows, secrets left out. */
	show(): unknown;
}

export interface TokenRequest {
	account?: string;
	scopes?: string[];
	kind?: string;
	/** The platform's own life if left out. */
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
	/** Without the value of Authorization; its scheme stays. */
	headers: IncomingHttpHeaders;
	contentType: string;
	body?: unknown;
	files?: unknown[];
	binary?: unknown;
	/** Which issued token signed it. */
	token?: { id: number; kind: string; account: string };
	fault?: string;
	/** Absent while under way, 0 where the connection was cut. */
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
	/** Everything else the post was created with, in the platform's own words. */
	options: Record<string, unknown>;
}

export interface SandboxMedia {
	id: string;
	type: string;
	length: number;
	/** Null where segments came in an order that could not be hashed without keeping the file. */
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
	/** A token as if an account had consented, for tests that are not about OAuth. */
	issueToken(asked?: TokenRequest): IssuedToken;
	/** Every token and signature that was ever issued, for whoever must not have told them. */
	secrets(): string[];
	/** As if every account had taken the app's permission away. */
	revokeAll(): void;
	stop(): Promise<void>;
}

/** Ends a handler with an answer. */
export class Refusal extends Error {
	constructor(readonly reply: Reply) {
		super(`refused with ${reply.status}`);
	}
}

export function refuse(reply: Reply): never {
	throw new Refusal(reply);
}
