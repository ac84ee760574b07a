import type { IDataObject } from 'n8n-workflow';

import type { Call } from '@/nodes/shared/contract/http';
import type { Sandbox } from '../sandbox';
import type { Surroundings } from '../sandbox/kit/server';
import type { Platform as Imitated } from '../sandbox/kit/types';

/** A file that a workflow receives. */
export interface FileSetup {
	name: string;
	type: string;
	bytes: Uint8Array;
}

/**
 * Facts about one platform for tests and demo. Unit tests read it too, so heavy modules are
 * imported inside functions.
 */
export interface PlatformRecord {
	/** How it is proved, as CONTRIBUTING.md has it; full if left out. */
	readonly tier?: 'thin';
	/** Local servers by name: the platform's imitation by its id, and what stands beside it. */
	readonly sandboxes: Readonly<Record<string, () => Promise<Build>>>;
	/** How to connect an account of the imitation. */
	readonly account?: DemoAccount;
	/** Answers and inputs for the contract tests. */
	readonly contract: ContractFacts;
	/** Facts for the search for secrets in all output of a node. */
	readonly echo: Echo;
	/** What the trigger reports about a connection, from the token that connecting returned. */
	readonly watch?: Watch;
	/** Facts for the tests in a real n8n, if the platform is fully tested there. */
	readonly trial?: Trial;
}

type Build = (options: never, around: Surroundings) => Imitated<unknown>;

/** A missing field means that the platform needs nothing special. */
export interface DemoAccount {
	readonly credential: string;
	/** Fields that a user enters besides those of the app. */
	data?(url: string): IDataObject;
	/** Instead of an app's consent: what a user pastes, with the token of the account in it. */
	pasted?(url: string, token: string): IDataObject;
	/** Hidden fields by which the credential finds the imitation. */
	hosts?(url: string): IDataObject;
	/** The platform fetches media from n8n's address. */
	readonly fetches?: true;
	/** The platform accepts only https callbacks; the imitation is configured to accept http. */
	readonly httpsCallbacks?: true;
	/** The target's ID, if an account has several. */
	target?(state: never): string;
	/** The URL of a post whose URL the platform does not return. */
	hidden?(state: never, post: { id: string }): string | undefined;
}

export interface ContractFacts {
	/** Credential data that a test depends on. */
	readonly credential?: IDataObject;
	/** One answer with every field that `publish` reads. */
	readonly answer: object;
	/** The answer to an operation, if the usual fields are not enough. */
	operationAnswer?(call: Call): unknown;
	/** The ID of a post, if it is not a number. */
	readonly post?: string;
	/** A page without items that links to another page, if its form is the platform's own. */
	page?(cursor: string): unknown;
	/** Values of `more` for `readBack.newest`. */
	readonly searches?: readonly IDataObject[];
	/** The URL of a post whose ID only a list contains. */
	readonly listedPost?: IDataObject;
	/** A Resume State that has this text as every ID. */
	state(id: string): IDataObject;
	/**
	 * Options that decide when, where and in which form a post is published, who sees it and who may
	 * answer.
	 */
	readonly deciding: readonly string[];
	/** An error in the vendor's own form, where no platform so far has such a form. */
	readonly refusal?: IDataObject;
}

interface Echo {
	/** `none` where the platform takes no files. */
	readonly file: 'picture' | 'photo' | 'film' | 'none';
	readonly options?: IDataObject;
	/** The target, and the auth method that needs it unless all do. */
	readonly target?: { readonly choice?: string; in?(state: never): string };
	/**
	 * Auth methods with another API in the same imitation. The value is part of the API's path and
	 * its kind of token.
	 */
	readonly beside?: Readonly<Record<string, string>>;
	/** Auth methods that send a digest of the token to the platform. */
	readonly digested?: readonly string[];
	/** Starts the server, if there is no imitation. */
	start?(): Promise<Pick<Sandbox<unknown>, 'url' | 'secrets' | 'issueToken' | 'stop'>>;
	/** Whether tests also lose files on the way to it. */
	readonly lostFile?: true;
}

interface Watch {
	/** Kind of the token. */
	readonly kind?: string;
	/** ms after which the trigger has an event, and which event that is. */
	readonly after: number;
	/** Nothing where the token lives until it is revoked. */
	readonly tells?: 'token.refreshed' | 'token.expiring';
}

interface Trial {
	/** For each kind of post: parameters besides text and target, and its files. */
	posts(): Record<string, { parameters?: IDataObject; files?: FileSetup[] }>;
	/** An operation that lists items with the account's own token. */
	readonly list: { resource: string; operation: string };
	/** Days until the token ends, and whether it is renewed then. */
	readonly life: { days: number; renewed: boolean };
}
