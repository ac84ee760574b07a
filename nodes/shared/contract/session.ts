import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from './authMethod';
import type { Http } from './http';

/** What the pack keeps beside a token. */
export interface TokenMetadata {
	/** Made or exchanged by the pack. */
	own?: boolean;
	account?: { id: string; name: string };
	/** Further secrets that the token gives access to, by name. */
	secrets?: Record<string, string>;
	/** Names the connection: stays when the token is renewed, changes when a person reconnects. */
	grant?: string;
	/** Epoch ms of the last time that the platform confirmed the connection. */
	checkedAt?: number;
	/** What was granted, as the vendor's introspection told it last. */
	scopes?: string[];
}

/** A token that was made, and whether n8n keeps it. */
export interface NewToken {
	token: TokenData;
	stored: boolean;
}

/** The token of a credential in use, and what the pack knows about it. */
export interface StoredToken {
	token(): TokenData | undefined;
	/** What is kept beside this very token. */
	metadata(): TokenMetadata;
	/** Names the token of this credential as it is now, without telling it. */
	readonly name: string;
	/** One that another execution has stored since; undefined if it is still the same. */
	newer(): Promise<NewToken | undefined>;
	/** Stores a new token with what is known beside it; `own`: nobody but the pack has it yet. */
	store(token: TokenData, own: boolean): Promise<NewToken>;
	/** Uses a token that was made, here or by an execution beside this one. */
	take(made: NewToken): void;
	/** What the vendor said in the place of a token, where that was stored last. */
	refusal(): string | undefined;
	/** Notes that this was noticed: a token that comes later is known as such. */
	noteRefusal(): Promise<void>;
	/** Puts back the token that a renewal was to replace, and whose answer n8n has stored although it is none. */
	putBack(token: TokenData): Promise<void>;
	/** Notes something beside the token, unless it is not the stored one any more. */
	note(more: TokenMetadata): Promise<void>;
}

/** Further secrets that a token gives access to, such as the tokens of pages, kept beside it. */
export interface DerivedTokens {
	/** Makes it once. */
	derive(name: string, make: () => Promise<string>): Promise<string>;
	/** What has taken the place of a secret that was refused, else the secret itself. */
	current(secret: string): string;
	/** Makes a refused one anew, once; false for what is not kept, or comes out the same. */
	renew(refused: string): Promise<boolean>;
	secrets(): string[];
}

/** A credential in use: its properties and a token that is good now. */
export interface Session {
	readonly credential: IDataObject;
	readonly authMethod: AuthMethod;
	readonly http: Http;
	/** The user's name for the credential. */
	readonly credentialName: string;
	token(): TokenData;
	/** Called when the platform refuses the token; false where nothing can be renewed. */
	renew(): Promise<boolean>;
	/** Whether the token was made or renewed in this session. */
	renewed(): boolean;
	/** What is kept beside the token, and how to add to it. */
	readonly storedToken: Pick<StoredToken, 'metadata' | 'note'>;
	/** Further secrets that the token gives access to. */
	readonly derivedTokens: DerivedTokens;
	/** Every secret this session knows or has known, for `redact`. */
	secrets(): string[];
	/** Those of the credential and its tokens alone, for what may hold parts of a post. */
	ownSecrets(): string[];
	/** Adds what a request carries besides the token, such as the signature of an upload's address. */
	addSecrets(secrets: readonly string[]): void;
	readonly warnings: string[];
}
