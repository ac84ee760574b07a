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

/** One item's post on one platform, before the preflight. */
export interface Job {
	fn: IExecuteFunctions;
	platform: Platform;
	item: number;
	input: PostInput;
	/** Loads the media of the first part, if several platforms share them. */
	media?: (limits: Limits) => Promise<Loaded>;
	/** Validates only; sends no post. */
	dry?: boolean;
	/** With `resume`: parts of a thread that are already published. */
	done?: Published[];
	/** With `resume`: state to finish the first part, which the platform already has. */
	pending?: IDataObject;
}

/** A job with an open session. */
export interface Opened extends Job {
	session: Session;
	rateLimits: WaitBudget;
	/** Limits of this account or server. */
	limits: Limits;
	/** Requests may add warnings. */
	warnings: string[];
}

/** A job after the preflight: the parts to send and all problems. */
export interface Prepared extends Opened {
	/** The single post, or the unpublished parts of a thread. */
	parts: Part[];
	errors: Problem[];
	/** Failures behind those errors that are not the post's fault. */
	causes: KnownFailure[];
	done: Published[];
}

export interface Part {
	input: PartInput;
	post: Post;
	/** Failures of files that could not be read. */
	lost: KnownFailure[];
}
