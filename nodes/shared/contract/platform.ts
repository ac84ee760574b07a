import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { Api } from './api';
import type { AuthMethod } from './authMethod';
import type { Reply } from './http';
import type { Limits } from './limits';
import type { Meaning } from './meaning';
import type { Operation } from './operation';
import type { Post, Profile, Published } from './post';
import type { FormerOptions, PostOption } from './postOption';
import type { Problem } from './problem';
import type { ReadBack } from './readBack';
import type { Shapes } from './shape';
import type { TextRule } from './textRule';

/** One platform: facts, then verbs. What is left out, the platform lacks. */
export interface Platform {
	/** Node name, Crosspost value and first part of every rule id. */
	readonly id: string;
	readonly name: string;
	/** The vendor's page on publishing. */
	readonly docs: string;
	/** The ways to connect an account; the first is the usual one. */
	readonly credentials: readonly [AuthMethod, ...AuthMethod[]];
	readonly limits: Limits;
	/**
	 * Domains of the vendor that its answers lead to and that may get the token, with all that is under
	 * them; the base URLs of the credential need not be named.
	 */
	readonly domains?: readonly string[];
	/** A post may hang on another of the account: see `Post.parent`. */
	readonly threads?: true;
	/** The places that one account posts to; absent where it has only its own. */
	readonly target?: Target;
	/** Resource-locator list searches besides the posts of the account, by method name. */
	readonly pickers?: Readonly<Record<string, Picker>>;
	/** What fills lists of options that differ by account, by method name. */
	readonly choices?: Readonly<Record<string, Choices>>;
	/** What no other platform asks: the node's Options, and Crosspost's options for this platform. */
	readonly options: readonly PostOption[];
	/** Options of nodes of earlier versions, which saved workflows still have. */
	readonly former?: readonly FormerOptions[];
	readonly operations: readonly Operation[];
	/** Set where the vendor bills per post. */
	readonly cap?: Cap;
	/** How a publishing request of unknown outcome is looked up; absent where nothing can be. */
	readonly readBack?: ReadBack;

	whoami(api: Api): Promise<Profile>;
	publish(api: Api, post: Post): Promise<Published>;
	/** Limits of this very account or server, where they can be read; one reading serves a run. */
	limitsOf?(api: Api): Promise<Limits>;
	/** Whether the vendor wants them read for each post that goes out with these options. */
	limitsAnew?(options: IDataObject): boolean;
	/** The text as it will stand on the wire; default: the link is put after the text. */
	compose?(post: Post): string;
	/** The rule for the text of this very post, where it depends on more than the account. */
	textRule?(post: Post, limits: Limits): TextRule | Promise<TextRule>;
	/** Whether a post says something without text and media, such as one that only shares another. */
	wordless?(post: Post): boolean;
	/** Rules that no table of limits can state; asks nobody. */
	check?(post: Post, limits: Limits): Problem[] | Promise<Problem[]>;
	/** What `resume` may be given: all that one of these asks for. */
	readonly pending?: readonly Shapes[];
	/** Finishes what `publish` returned as processing. */
	resume?(api: Api, state: IDataObject): Promise<Published>;
	/** Reads the vendor's error dialect; called for every answer, undefined where HTTP says it all. */
	explain?(reply: Reply): Meaning | undefined;
}

/** The places one account can post to: pages, boards, organisations. */
export interface Target {
	/** The field's name: `Page`, `Board`. */
	readonly name: string;
	readonly description: string;
	/** Without one the account itself posts. */
	readonly optional?: true;
	readonly picker: Picker;
	/** Example of an ID. */
	readonly placeholder?: string;
}

/** Fills a resource locator's list; `target` is the place that is chosen at the moment. */
export type Picker = (
	api: Api,
	filter?: string,
	cursor?: string,
	target?: string,
) => Promise<{ results: Array<{ name: string; value: string; url?: string }>; cursor?: string }>;

/** Fills an options field's list. */
export type Choices = (api: Api) => Promise<INodePropertyOptions[]>;

/** At most `posts` in a rolling window of `days`; the user may change the number, 0 lifts it. */
export interface Cap {
	readonly posts: number;
	readonly days: number;
	readonly why: string;
}
