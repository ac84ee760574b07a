import type { IDataObject } from 'n8n-workflow';

import type { Post } from '../shared/contract/post';
import { kindOf, unixOf, type Kind } from './options';

/**
 * A post and the data that identify it. It is part of the publishing request's mark and, while
 * Facebook processes a video, of an item.
 */
export interface State extends IDataObject {
	page: string;
	kind: Kind;
	/** Photos that the post shows. */
	photos?: string[];
	video?: string;
	/** ID of the post, if the answer contained it. */
	post?: string;
	comment?: string;
	/** Unix seconds. */
	scheduled?: number;
}

/** The state before anything is sent. */
export function stateOf(post: Post, page: string): State {
	const { firstComment } = post;
	const scheduled = unixOf(post.scheduledAt);
	return {
		page,
		kind: kindOf(post),
		...(firstComment && { comment: firstComment }),
		...(scheduled && { scheduled }),
	};
}
