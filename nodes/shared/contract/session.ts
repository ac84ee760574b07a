import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from './authMethod';
import type { Http } from './http';

/** What the pack stores beside a token. */
export interface TokenMetadata {
	/** The pack made or exchanged the token. */
	own?: boolean;
	account?: { id: string; name: string };
	/** Derived tokens by name. */
	secrets?: Record<string, string>;
	/** ID of the connection: stays when the token is renewed, changes when a person reconnects. */
	grant?: string;
	/** Epoch ms when the platform last confirmed the connection. */
	checkedAt?: number;
	/** Granted scopes from the last introspection. */
	scopes?: string[];
}

/** A new token, and whether it is stored in the credential. */
export interface NewToken {
	token: TokenData;
	stored: boolean;
}

/** The token of a credential in use, and its metadata. */
export interface StoredToken {
	token(): TokenData | undefined;
	/** Metadata of exactly this token. */
	metadata(): TokenMetadata;
	/** Identifies the current token of this credential without revealing it. */
	readonly name: string;
	/** The token that another execution has stored since; undefined if it is unchanged. */
	newer(): Promise<NewToken | undefined>;
	/**
	 * Stores a new token with its metadata. `own`: the pack made it, so n8n has not stored it
	 * already.
	 */
	store(token: TokenData, own: boolean): Promise<NewToken>;
	/** Switches to a token that this or a parallel execution made. */
	take(made: NewToken): void;
	/** The vendor's error, if n8n stored an error instead of a token. */
	refusal(): string | undefined;
	/** Marks the stored error as reported, so that a later token counts as newer. */
	noteRefusal(): Promise<void>;
	/** Restores the token if n8n stored an error over it during a renewal. */
	putBack(token: TokenData): Promise<void>;
	/** Adds metadata; stores it only if this token is still the stored one. */
	note(more: TokenMetadata): Promise<void>;
}

/** Further secrets made with a token, such as Page tokens, stored beside it. */
export interface DerivedTokens {
	/** Returns the stored secret, or makes and stores it. */
	derive(name: string, make: () => Promise<string>): Promise<string>;
	/** The replacement of a refused secret, else the secret itself. */
	current(secret: string): string;
	/** Makes a refused secret again, once; false if it is not stored or the new one is the same. */
	renew(refused: string): Promise<boolean>;
	secrets(): string[];
}

/** A credential in use, with a token that is valid now. */
export interface Session {
	readonly credential: IDataObject;
	readonly authMethod: AuthMethod;
	readonly http: Http;
	/** The credential's name from the user. */
	readonly credentialName: string;
	token(): TokenData;
	/** Renews a refused token; false if that is impossible. */
	renew(): Promise<boolean>;
	/** Whether the token was made or renewed in this session. */
	renewed(): boolean;
	readonly storedToken: Pick<StoredToken, 'metadata' | 'note'>;
	readonly derivedTokens: DerivedTokens;
	/** Every secret that this session has known, for `redact`. */
	secrets(): string[];
	/**
	 * Only the secrets of the credential and its tokens. Use it for values that may contain parts of
	 * a post.
	 */
	ownSecrets(): string[];
	/** Adds secrets of a request other than the token, such as the signature in an upload URL. */
	addSecrets(secrets: readonly string[]): void;
	readonly warnings: string[];
}
