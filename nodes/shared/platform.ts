import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Api, Reply } from './api';
import type { CredentialFacts } from './connection';
import type { ReadBack } from './contract/readBack';
import type { Failure } from './failure';
import type { Call } from './http';
import type { Media } from './media/media';
import type { Shapes } from './publish/shape';
import type { TextRule } from './text';

/** One platform: facts, then verbs. What is left out, the platform lacks. */
export interface Platform {
	/** Node name, Crosspost value and first part of every rule id. */
	readonly id: string;
	readonly name: string;
	/** The vendor's page on publishing. */
	readonly docs: string;
	/** The ways to connect an account; the first is the usual one. */
	readonly credentials: readonly [CredentialFacts, ...CredentialFacts[]];
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
	readonly options: readonly INodeProperties[];
	readonly operations: readonly Operation[];
	/** Set where the vendor bills per post. */
	readonly cap?: Cap;
	/** How a publishing request of unknown outcome is looked up; absent where nothing can be. */
	readonly readBack?: ReadBack;

	/** What every request carries besides the bearer token, such as a version. */
	sign?(credential: IDataObject, token: string): Pick<Call, 'headers' | 'query'>;
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
	explain?(reply: Reply): Partial<Failure> | undefined;
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

export interface Limits {
	readonly text: TextRule;
	/** No entry: that kind is refused. */
	readonly media: Readonly<Partial<Record<MediaKind, MediaLimit>>>;
	/** Kinds that may stand together in one post; without it one kind a post. */
	readonly mixed?: { readonly kinds: readonly MediaKind[]; readonly count: number };
	/** The platform takes posts without text. */
	readonly textOptional?: boolean;
	/** The platform takes no posts without media. */
	readonly mediaRequired?: true;
}

export type MediaKind = 'image' | 'gif' | 'video' | 'audio' | 'document';

export interface MediaLimit {
	readonly count: number;
	readonly bytes: number;
	/** MIME types as sniffed. */
	readonly types: readonly string[];
	/** Sent by us, or fetched by the vendor from a public URL; `either`: files sent, URLs fetched. */
	readonly from: 'bytes' | 'url' | 'either';
	/** Characters of alt text, absent where the platform takes none. */
	readonly alt?: number;
	readonly seconds?: { readonly min: number; readonly max: number };
	/** Width divided by height. */
	readonly ratio?: { readonly min: number; readonly max: number };
	/** Width times height. */
	readonly pixels?: number;
	/** The most pixels from left to right. */
	readonly width?: number;
	readonly framesPerSecond?: { readonly min: number; readonly max: number };
}

export interface Post {
	text: string;
	link?: string;
	media: Media[];
	options: IDataObject;
	/** The place to post to, as the user gave it. */
	target?: string;
	/** In a thread: the number of this part, from 0, and of all. */
	thread?: { part: number; of: number };
	/** In a thread: the `ref` of the part before, to hang on. */
	parent?: IDataObject;
}

export interface Published {
	/** Empty where a post is out for sure and nothing tells which one it is. */
	id: string;
	url?: string;
	/** What a next part of a thread needs to hang on this one; default `{ id }`. */
	ref?: IDataObject;
	/**
	 * `scheduled`: the platform itself will publish it, at `publishedAt`; `draft`: its owner has to
	 * publish it there.
	 */
	status?: 'published' | 'already_published' | 'processing' | 'scheduled' | 'draft';
	/** With `processing`: what `resume` needs to finish. */
	resume?: IDataObject;
	warnings?: string[];
	/** Whose post it is, where that is not the account of the credential. */
	account?: Account;
	/** ISO 8601, where the platform schedules or dates the post itself. */
	publishedAt?: string;
}

export interface Problem {
	/** `platform.surface.check`, such as `x.text.length`. */
	rule: string;
	message: string;
	limit?: number | string;
	actual?: number | string;
	/** The platform would take it, but not as one expects. */
	warning?: true;
}

export interface Account {
	id: string;
	name: string;
}

/** The account and what else the platform says of it, without secrets. */
export interface Profile extends Account {
	url?: string;
	details?: IDataObject;
}

export interface Page {
	items: IDataObject[];
	cursor?: string;
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

interface OperationBase {
	/** Value of the Resource field: `post`, `account`, … */
	readonly resource: string;
	/** Value of the Operation field. */
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly fields?: readonly INodeProperties[];
	/** Asks for a post of the account: `input.post` is its id or URL as the user gave it. */
	readonly onPost?: true;
	/** Asks for one of the platform's targets: `input.target`. */
	readonly onTarget?: true;
	/** Scope beyond the write set that it needs. */
	readonly scope?: string;
	/** The short form of an item; adds the Simplify field. For posts with `id`, `text` and `url`. */
	simplify?(item: IDataObject, api: Api): IDataObject;
}

export interface SingleOperation extends OperationBase {
	run(api: Api, input: IDataObject): Promise<IDataObject>;
}

export interface ListOperation extends OperationBase {
	/** Most items the platform gives in one answer. */
	readonly pageSize: number;
	page(api: Api, input: IDataObject, limit: number, cursor?: string): Promise<Page>;
}

export type Operation = SingleOperation | ListOperation;

/** At most `posts` in a rolling window of `days`; the user may change the number, 0 lifts it. */
export interface Cap {
	readonly posts: number;
	readonly days: number;
	readonly why: string;
}
