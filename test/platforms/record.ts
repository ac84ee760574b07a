import type { IDataObject } from 'n8n-workflow';

import type { Call } from '@/nodes/shared/contract/http';
import type { Sandbox } from '../sandbox';
import type { Surroundings } from '../sandbox/kit/server';
import type { Platform as Imitated } from '../sandbox/kit/types';

/** A file as it comes into a workflow. */
export interface FileSetup {
	name: string;
	type: string;
	bytes: Uint8Array;
}

/**
 * What tests and demo know of one platform. Unit tests read it too: whatever is heavy is imported by
 * a function.
 */
export interface PlatformRecord {
	/** Local servers by name: the platform's imitation by its id, and what stands beside it. */
	readonly sandboxes: Readonly<Record<string, () => Promise<Build>>>;
	/** How an account of the imitation is connected. */
	readonly account?: DemoAccount;
	/** Answers and inputs for the contract tests. */
	readonly contract: ContractFacts;
	/** For the search for secrets in whatever a node shows. */
	readonly echo: Echo;
	/** What becomes of a connection that the trigger watches, from the token that connecting gives. */
	readonly watch?: Watch;
	/** For a real n8n, where the platform is tried in full there. */
	readonly trial?: Trial;
}

type Build = (options: never, around: Surroundings) => Imitated<unknown>;

/** A field is left out where the platform needs nothing special. */
export interface DemoAccount {
	readonly credential: string;
	/** What a user enters besides the app. */
	data?(url: string): IDataObject;
	/** Hidden fields by which the credential finds the imitation. */
	hosts?(url: string): IDataObject;
	/** The platform fetches media from n8n's address. */
	readonly fetches?: true;
	/** It takes https callbacks only, which the imitation is told to be lenient about. */
	readonly httpsCallbacks?: true;
	/** The ID of the place to post to, where an account has several. */
	target?(state: never): string;
	/** Where a post is to be seen whose address is told to nobody. */
	hidden?(state: never, post: { id: string }): string | undefined;
}

export interface ContractFacts {
	/** What the credential says, where something depends on it. */
	readonly credential?: IDataObject;
	/** All that `publish` reads of answers, in one. */
	readonly answer: object;
	/** What operations are answered with, where the usual words do not do. */
	operationAnswer?(call: Call): unknown;
	/** The ID of a post, where it is no number. */
	readonly post?: string;
	/** A page without items that leads to another, where its form is its own. */
	page?(cursor: string): unknown;
	/** What posts are looked through for by `readBack`. */
	readonly searches?: readonly IDataObject[];
	/** An address of a post whose ID only a list tells. */
	readonly listedPost?: IDataObject;
	/** A Resume State with this text wherever it has IDs. */
	state(id: string): IDataObject;
	/** Options that say when, where and as what a post goes out, who sees it and who may answer. */
	readonly deciding: readonly string[];
}

interface Echo {
	readonly file: 'picture' | 'photo' | 'film';
	readonly options?: IDataObject;
	/** The way to connect that needs a place to post to, if not each; and the place. */
	readonly target?: { readonly choice?: string; in?(state: never): string };
	/**
	 * Ways to connect by another API that the imitation has beside its own, with the name that stands
	 * in its path and for its kind of token.
	 */
	readonly beside?: Readonly<Record<string, string>>;
	/** Ways to connect that tell the platform a digest of the token. */
	readonly digested?: readonly string[];
	/** A server of its own, where there is no imitation. */
	start?(): Promise<Pick<Sandbox<unknown>, 'url' | 'secrets' | 'issueToken' | 'stop'>>;
	/** Files that do not arrive are tried on it too. */
	readonly lostFile?: true;
}

interface Watch {
	/** Kind of the token. */
	readonly kind?: string;
	/** Ms after which the trigger has something to do, and what it tells then. */
	readonly after: number;
	readonly tells: 'token.refreshed' | 'token.expiring';
}

interface Trial {
	/** Each kind of post: parameters beyond text and target, and the files it takes. */
	posts(): Record<string, { parameters?: IDataObject; files?: FileSetup[] }>;
	/** An operation that lists, and that asks the platform with the account's own token. */
	readonly list: { resource: string; operation: string };
	/** Days after which the token has ended, and whether it is renewed then. */
	readonly life: { days: number; renewed: boolean };
}
