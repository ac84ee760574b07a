import type { IDataObject } from 'n8n-workflow';

import type { Call, Http } from './http';

/** One way to connect an account, and how the connection stays alive. */
export interface AuthMethod {
	/** Value of the Authentication field, for platforms with several methods. */
	readonly choice: string;
	/** Display name in that field. */
	readonly name: string;
	/** Credential type name, unique in n8n. */
	readonly type: string;
	/** Credential property with the base URL of relative requests. */
	readonly host: string;
	/**
	 * Makes the base URL from the typed value. The token may be part of its path, or the URL itself.
	 * `token` is empty before there is one and for unsigned requests.
	 */
	readonly base?: (typed: string, credential: IDataObject, token: string) => string;
	/** How requests are signed; default: `bearer`. */
	readonly auth?: Auth;
	/** Scopes for publishing, and extra scopes for other operations; absent without OAuth. */
	readonly scopes?: { readonly write: readonly string[]; readonly extended: readonly string[] };
	/** Credential properties that hold secrets; their values are hidden in every message. */
	readonly secrets: readonly string[];
	readonly token: TokenPolicy;
	/** The vendor's page where users remove an app's access. */
	readonly manage: string;
	/** Set if `revoke` ends only the session and the user's permission stays. */
	readonly revokes?: 'session';
	/** Revokes the token, or the permission, at the vendor. */
	revoke?(http: Http, credential: IDataObject, token: TokenData): Promise<void>;
	/** Asks the vendor's introspection about the token; undefined if it does not answer now. */
	inspect?(http: Http, credential: IDataObject, token: TokenData): Promise<Inspected | undefined>;
}

/**
 * `bearer`: header Authorization. `none`: no signature, for example if the URL is the secret. A
 * function returns the headers and query of each request; all their values are hidden in messages.
 */
export type Auth =
	| 'bearer'
	| 'none'
	| ((credential: IDataObject, token: string) => Pick<Call, 'headers' | 'query'>);

/** Introspection of a token; times in epoch ms. */
export interface Inspected {
	active: boolean;
	expiresAt?: number;
	/** End of the app's access to the account's data, which may come before the token's end. */
	dataAccessExpiresAt?: number;
	scopes?: string[];
	/** The vendor's reason for an inactive token. */
	reason?: string;
}

/** How a token stays alive. */
export type TokenPolicy =
	| { readonly kind: 'permanent' }
	/** n8n renews it by the standard refresh grant, one process at a time. Times in ms. */
	| { readonly kind: 'refreshed'; readonly renewAheadMs: number }
	/**
	 * The vendor's own procedure. `obtain` makes the first usable token from the credential;
	 * undefined if no account is connected yet.
	 */
	| {
			readonly kind: 'custom';
			/**
			 * Changes when the stored token must not be used any more, for example after a new password.
			 */
			fingerprint?(credential: IDataObject): string;
			obtain(http: Http, credential: IDataObject): Promise<TokenData | undefined>;
			/** Absent if only a person can get a new token. */
			renew?(http: Http, credential: IDataObject, token: TokenData): Promise<TokenData>;
			/** `now` in epoch ms. */
			needsRenewal(token: TokenData, now: number): boolean;
			/** Ms before a token's end at which it becomes due for renewal. */
			readonly renewAheadMs: number;
			/** Whether `renew` has all it needs; default: true. */
			canRenew?(credential: IDataObject, token: TokenData): boolean;
	  };

/** n8n stores it encrypted in the credential as `oauthTokenData`. */
export interface TokenData extends IDataObject {
	access_token: string;
	refresh_token?: string;
	/** Epoch ms as a string; n8n's own field. */
	n8n_expires_at?: string;
	scope?: string;
}
