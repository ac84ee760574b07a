import type { IDataObject } from 'n8n-workflow';

import type { Post } from '../shared/contract/post';
import { kindOf, unixOf, type Kind } from './options';

/**
 * What is to be published, and how it is known again: stands in the mark of a publishing request
 * and, while Facebook processes a video, in an item.
 */
export interface State extends IDataObject {
	page: string;
	kind: Kind;
	/** Photos that the post shows. */
	photos?: string[];
	video?: string;
	/** ID of the post, where the answer told it. */
	post?: string;
	comment?: string;
	/** Unix seconds. */
	scheduled?: number;
}

/** As far as it is known before anything is sent. */
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
