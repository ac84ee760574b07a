import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Limits } from '../contract/limits';
import type { Platform } from '../contract/platform';
import type { Post, Published } from '../contract/post';
import type { Problem } from '../contract/problem';
import type { Session } from '../contract/session';
import type { KnownFailure } from '../errors/failure';
import type { WaitBudget } from '../http/waitBudget';
import type { Loaded } from '../media/load';
import type { PartInput, PostInput } from './postInput';

/** One item's post on one platform, before anything is looked at. */
export interface Job {
	fn: IExecuteFunctions;
	platform: Platform;
	item: number;
	input: PostInput;
	/** Those of the first part, when several platforms share them. */
	media?: (limits: Limits) => Promise<Loaded>;
	/** Nothing will be sent. */
	dry?: boolean;
	/** Parts of a thread that were out before, with `resume`. */
	done?: Published[];
	/** With `resume`: what finishes the first part, which the platform has already. */
	pending?: IDataObject;
}

/** A job whose credential is in use. */
export interface Opened extends Job {
	session: Session;
	rateLimits: WaitBudget;
	/** Of this account or server. */
	limits: Limits;
	/** Grows by what requests find out. */
	warnings: string[];
}

/** A job that was looked at: what would be sent, and all that is wrong with it. */
export interface Prepared extends Opened {
	/** The single post, or the parts of a thread that are still to be published. */
	parts: Part[];
	errors: Problem[];
	/** Those of the errors that are no fault of the post: what each of them is by itself. */
	causes: KnownFailure[];
	done: Published[];
}

export interface Part {
	input: PartInput;
	post: Post;
	/** Files of the part that could not be read. */
	lost: KnownFailure[];
}
