import type { IDataObject } from 'n8n-workflow';

import type { Call, Http } from './http';

/** One way to connect an account, and how the connection stays alive. */
export interface AuthMethod {
	/** Value of the Authentication field, where there are several ways. */
	readonly choice: string;
	/** Its name in that field. */
	readonly name: string;
	/** Credential type name, global in n8n. */
	readonly type: string;
	/** Credential property that holds the base URL of relative requests. */
	readonly host: string;
	/**
	 * Makes the base URL of what people type into that property; the token may stand in its path, or
	 * be the URL itself. `token` is empty before there is one, and for requests without.
	 */
	readonly base?: (typed: string, credential: IDataObject, token: string) => string;
	/** How requests show who sends them; by default as OAuth 2.0 has it, which most vendors took over. */
	readonly auth?: Auth;
	/** Scopes publishing needs, and those the other operations may need; absent without OAuth. */
	readonly scopes?: { readonly write: readonly string[]; readonly extended: readonly string[] };
	/** Properties that hold secrets: they are cut out of every message. */
	readonly secrets: readonly string[];
	readonly token: TokenPolicy;
	/** The vendor's page where people take an app's access away themselves. */
	readonly manage: string;
	/** What `revoke` ends, where the permission itself outlives it. */
	readonly revokes?: 'session';
	/** Withdraws the grant at the vendor. */
	revoke?(http: Http, credential: IDataObject, token: TokenData): Promise<void>;
	/** What the vendor's introspection says of the token; undefined if it says nothing now. */
	inspect?(http: Http, credential: IDataObject, token: TokenData): Promise<Inspected | undefined>;
}

/**
 * `bearer`: in the header Authorization. `none`: not at all, as where the address itself lets in. A
 * function gives what each request carries, the token included; all of it is hidden in messages.
 */
export type Auth =
	| 'bearer'
	| 'none'
	| ((credential: IDataObject, token: string) => Pick<Call, 'headers' | 'query'>);

/** What a vendor says of a token; times in epoch ms. */
export interface Inspected {
	active: boolean;
	expiresAt?: number;
	/** When the app may not read the account's data any more, although the token lives. */
	dataAccessExpiresAt?: number;
	scopes?: string[];
	/** The vendor's words for a token that is not active. */
	reason?: string;
}

/** How a token stays alive. */
export type TokenPolicy =
	| { readonly kind: 'permanent' }
	/** Renewed by the standard refresh grant, which n8n does under a lease; times in ms. */
	| { readonly kind: 'refreshed'; readonly renewAheadMs: number }
	/**
	 * The vendor's own dialect. `obtain` makes the first usable token from the credential; undefined
	 * where nobody has connected an account yet.
	 */
	| {
			readonly kind: 'custom';
			/** Changes when the stored token must not be used any more (another password, say). */
			fingerprint?(credential: IDataObject): string;
			obtain(http: Http, credential: IDataObject): Promise<TokenData | undefined>;
			/** Absent where a new token needs a person. */
			renew?(http: Http, credential: IDataObject, token: TokenData): Promise<TokenData>;
			/** Whether to renew now, with `now` in ms. */
			needsRenewal(token: TokenData, now: number): boolean;
			/** How long ahead of its end a token becomes due, in ms. */
			readonly renewAheadMs: number;
			/** Whether `renew` has what it takes; absent where that is always so. */
			canRenew?(credential: IDataObject, token: TokenData): boolean;
	  };

/** What n8n stores encrypted with the credential as `oauthTokenData`. */
export interface TokenData extends IDataObject {
	access_token: string;
	refresh_token?: string;
	/** Epoch ms as a string: n8n's own field. */
	n8n_expires_at?: string;
	scope?: string;
}
