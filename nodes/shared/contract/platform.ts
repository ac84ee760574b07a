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

/**
 * One platform: first its data, then its functions. An absent member means the platform lacks it.
 */
export interface Platform {
	/** Node name, value in Crosspost, and first part of every rule ID. */
	readonly id: string;
	readonly name: string;
	/** The vendor's documentation of publishing. */
	readonly docs: string;
	/** Methods to connect an account; the first is the default. */
	readonly credentials: readonly [AuthMethod, ...AuthMethod[]];
	readonly limits: Limits;
	/**
	 * Further domains of the vendor that may get the token, subdomains included. The credential's
	 * base URLs need no entry.
	 */
	readonly domains?: readonly string[];
	/** A post may continue another one of the account: see `Post.parent`. */
	readonly threads?: true;
	/** The places an account can post to; absent if it has only its own. */
	readonly target?: Target;
	/** Searches for resource locators, by method name; posts of the account have their own. */
	readonly pickers?: Readonly<Record<string, Picker>>;
	/** Loaders of option lists that differ by account, by method name. */
	readonly choices?: Readonly<Record<string, Choices>>;
	/** Options that only this platform has; shown in its node and in Crosspost. */
	readonly options: readonly PostOption[];
	/** Options of earlier node versions, which saved workflows still use. */
	readonly former?: readonly FormerOptions[];
	readonly operations: readonly Operation[];
	/** Set if the vendor charges per post. */
	readonly cap?: Cap;
	/** How to find out whether a publishing request worked; absent if the platform offers no way. */
	readonly readBack?: ReadBack;

	whoami(api: Api): Promise<Profile>;
	publish(api: Api, post: Post): Promise<Published>;
	/**
	 * Reads the limits of this account or server; once per run, unless `limitsAnew` says otherwise.
	 */
	limitsOf?(api: Api): Promise<Limits>;
	/** Whether these options require reading the limits again for each post. */
	limitsAnew?(options: IDataObject): boolean;
	/** Returns the text as it is sent; default: the text, then the link. */
	compose?(post: Post): string;
	/** Text rule of one post, if it depends on the post itself. */
	textRule?(post: Post, limits: Limits): TextRule | Promise<TextRule>;
	/**
	 * Whether a post is complete without text and media, for example if it only shares another post.
	 */
	wordless?(post: Post): boolean;
	/** Checks rules that `Limits` cannot state. Sends no requests. */
	check?(post: Post, limits: Limits): Problem[] | Promise<Problem[]>;
	/** Valid shapes of the state for `resume`: a state must match one of them. */
	readonly pending?: readonly Shapes[];
	/** Finishes a post that `publish` returned as `processing`. */
	resume?(api: Api, state: IDataObject): Promise<Published>;
	/**
	 * Reads the vendor's error format; called for every answer. Undefined if the HTTP status says
	 * enough.
	 */
	explain?(reply: Reply): Meaning | undefined;
}

/** A place that an account can post to: Page, board, organization. */
export interface Target {
	/** Name of the field: `Page`, `Board`. */
	readonly name: string;
	readonly description: string;
	/** The field may be empty; then the account itself posts. */
	readonly optional?: true;
	readonly picker: Picker;
	/** An example ID. */
	readonly placeholder?: string;
}

/** Fills a resource locator's list; `target` is the currently selected target. */
export type Picker = (
	api: Api,
	filter?: string,
	cursor?: string,
	target?: string,
) => Promise<{ results: Array<{ name: string; value: string; url?: string }>; cursor?: string }>;

/** Fills the list of an options field. */
export type Choices = (api: Api) => Promise<INodePropertyOptions[]>;

/** Most `posts` in a rolling window of `days`. Users may change the number; 0 removes the limit. */
export interface Cap {
	readonly posts: number;
	readonly days: number;
	readonly why: string;
}
